/// The character classes of RFC 9110 and RFC 3986 as comparisons, for use byte by byte.
enum ByteClass {
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let tab: UInt8 = 0x09
  static let colon: UInt8 = 0x3A

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  static func hexValue(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte &- 0x30 }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? letter &+ 10 : nil
  }

  /// `tchar` of RFC 9110 section 5.6.2: what methods and field names are made of.
  static func isToken(_ byte: UInt8) -> Bool {
    isMember(byte, low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE)
  }

  /// A byte of a field value: visible, space, tab, or above ASCII. No other control character (RFC 9110 section 5.5).
  static func isFieldValue(_ byte: UInt8) -> Bool { byte >= 0x20 ? byte != 0x7F : byte == tab }

  /// A byte of path or query: unreserved, sub-delims, `:`, `@`, `/`, `?` (RFC 3986), and `%`, which the caller checks.
  static func isTarget(_ byte: UInt8) -> Bool {
    isMember(byte, low: 0xAFFF_FFF2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)
  }

  static func isWhitespace(_ byte: UInt8) -> Bool { byte == space || byte == tab }

  private static func isMember(_ byte: UInt8, low: UInt64, high: UInt64) -> Bool {
    guard byte < 128 else { return false }
    return ((byte < 64 ? low : high) >> UInt64(byte & 63)) & 1 == 1
  }
}
