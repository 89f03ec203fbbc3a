/// Bytes whose fields can't run into each other: each is preceded by its length as four bytes, most significant first.
struct LengthPrefixed {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ field: some Collection<UInt8>) {
    appendBigEndian(UInt32(clamping: field.count))
    bytes.append(contentsOf: field)
  }

  mutating func append(_ text: String) { append(Array(text.utf8)) }

  /// Eight bytes, two's complement, most significant first.
  mutating func append(_ number: Int64) {
    append((0..<8).map { UInt8(truncatingIfNeeded: number >> Int64(56 - 8 * $0)) })
  }

  private mutating func appendBigEndian(_ number: UInt32) {
    for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
  }
}
