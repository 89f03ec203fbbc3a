/// Every byte string that differs from another by one byte flipped, left out or put in, or by its end.
struct Mutations {
  let original: [UInt8]

  func forEach(_ body: (_ name: String, _ bytes: [UInt8]) throws -> Void) rethrows {
    for index in original.indices {
      for flip: UInt8 in [0x01, 0x80] {
        var changed = original
        changed[index] ^= flip
        try body("byte \(index) xor \(flip)", changed)
      }
      var shorter = original
      shorter.remove(at: index)
      if shorter != original { try body("byte \(index) deleted", shorter) }
      var longer = original
      longer.insert(original[index] ^ 0x01, at: index)
      try body("byte inserted at \(index)", longer)
      try body("cut at \(index)", Array(original[..<index]))
    }
    for byte: UInt8 in [0x00, 0x0A, 0x41] { try body("byte \(byte) appended", original + [byte]) }
  }
}
