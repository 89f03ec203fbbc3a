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
    let characters = Array(text.utf8)
    guard characters.count == 36, [8, 13, 18, 23].allSatisfy({ characters[$0] == UInt8(ascii: "-") }) else { return nil }
    let digits = String(decoding: characters.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    guard let bytes = Hexadecimal.decode(digits) else { return nil }
    self.init(bytes: bytes)
  }

  /// A new identifier at the system's time.
  package static func next(clock: WallClock = .system) -> UUIDv7 {
    var generator = SystemRandomNumberGenerator()
    return UUIDv7(at: clock.now(), random: (generator.next(), generator.next()))
  }

  /// Sixteen bytes, most significant first, as PostgreSQL's `uuid` holds them.
  package var bytes: [UInt8] {
    [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) } }
  }

  package var description: String {
    let hex = Array(Hexadecimal.encode(bytes))
    return [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]].map { String($0) }.joined(separator: "-")
  }
}
