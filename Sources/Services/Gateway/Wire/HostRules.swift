/// What a Host field may say and which name a binding is looked up by. The Host field alone decides the brand (S0-RES-21).
enum HostRules {
  private static let hostBytesMax = 253

  /// The host in lower case without port and trailing dot; nil for anything that isn't `host` or `host:port` with a plain registered
  /// name, an IPv4 address or an IPv6 address in brackets (RFC 3986 section 3.2.2, without percent-encoding and user information).
  static func normalised(_ value: UnsafeRawBufferPointer) -> String? {
    guard let first = value.first else { return nil }
    let end = first == 0x5B ? bracketEnd(value) : value.firstIndex(of: ByteClass.colon) ?? value.count
    guard let end, end > 0, isPort(value[end...]) else { return nil }
    var host = value[..<end]
    if first != 0x5B {
      if host.last == 0x2E { host = host.dropLast() }
      guard host.allSatisfy({ ByteClass.isDigit($0) || ByteClass.isLetter($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }) else {
        return nil
      }
      guard host.first != 0x2E, host.last != 0x2E else { return nil }
    }
    guard !host.isEmpty, host.count <= hostBytesMax else { return nil }
    return String(unsafeUninitializedCapacity: host.count) { text in
      for (index, byte) in host.enumerated() { text[index] = byte &- 0x41 < 26 ? byte | 0x20 : byte }
      return host.count
    }
  }

  /// The place after the closing bracket, when only hexadecimal digits, colons and dots stand between.
  private static func bracketEnd(_ value: UnsafeRawBufferPointer) -> Int? {
    guard let close = value.firstIndex(of: 0x5D), close > 2 else { return nil }
    let inside = value[1..<close]
    return inside.allSatisfy { ByteClass.hexValue($0) != nil || $0 == ByteClass.colon || $0 == 0x2E } ? close + 1 : nil
  }

  private static func isPort(_ rest: Slice<UnsafeRawBufferPointer>) -> Bool {
    guard let colon = rest.first else { return true }
    let digits = rest.dropFirst()
    guard colon == ByteClass.colon, (1...5).contains(digits.count), digits.allSatisfy(ByteClass.isDigit) else { return false }
    return digits.reduce(0) { $0 * 10 + Int($1 &- 0x30) } <= 65_535
  }
}
