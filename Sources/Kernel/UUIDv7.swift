/// A time-ordered identifier (RFC 9562 version 7): 48 bits of milliseconds, then random bits.
package struct UUIDv7: Hashable, Sendable, CustomStringConvertible {
  package let high: UInt64
  package let low: UInt64

  package init(at moment: Timestamp, random: (UInt64, UInt64)) {
    let milliseconds = UInt64(clamping: moment.microseconds / 1000) & 0xFFFF_FFFF_FFFF
    self.high = milliseconds << 16 | 0x7000 | random.0 & 0x0FFF
    self.low = random.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
  }

  /// Takes sixteen bytes as they were stored, whatever their version. Nil for any other count.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    func word(_ half: ArraySlice<UInt8>) -> UInt64 { half.reduce(0) { $0 << 8 | UInt64($1) } }
    self.high = word(bytes[0..<8])
    self.low = word(bytes[8..<16])
  }

  /// Reads the usual spelling, lower case with hyphens, and no other (RFC 9562 section 4).
  package init?(text: some StringProtocol) {
    var words: (UInt64, UInt64) = (0, 0)
    var digits = 0
    var characters = 0
    for character in text.utf8 {
      defer { characters += 1 }
      switch (characters, character) {
      case (8, _), (13, _), (18, _), (23, _):
        guard character == UInt8(ascii: "-") else { return nil }
        continue
      case (..<36, _): break
      default: return nil
      }
      guard let digit = Hexadecimal.value(of: character) else { return nil }
      if digits < 16 { words.0 = words.0 << 4 | UInt64(digit) } else { words.1 = words.1 << 4 | UInt64(digit) }
      digits += 1
    }
    guard characters == 36 else { return nil }
    high = words.0
    low = words.1
  }

  /// A new identifier at the system's time.
  package static func next(clock: WallClock = .system) -> UUIDv7 {
    var generator = SystemRandomNumberGenerator()
    return UUIDv7(at: clock.now(), random: (generator.next(), generator.next()))
  }

  /// Sixteen bytes, most significant first, as PostgreSQL's `uuid` holds them.
  package var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
      for index in 0..<8 {
        buffer[index] = UInt8(truncatingIfNeeded: high >> UInt64(56 - 8 * index))
        buffer[index + 8] = UInt8(truncatingIfNeeded: low >> UInt64(56 - 8 * index))
      }
      count = 16
    }
  }

  package var description: String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      var position = 0
      for nibble in 0..<32 {
        if nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20 {
          buffer[position] = UInt8(ascii: "-")
          position += 1
        }
        let word = nibble < 16 ? high : low
        let value = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (nibble % 16))) & 15
        buffer[position] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        position += 1
      }
      return position
    }
  }
}
