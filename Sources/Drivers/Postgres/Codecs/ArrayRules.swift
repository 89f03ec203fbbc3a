/// PostgreSQL's binary form of arrays, as far as this driver reads it: none or one dimension.
enum ArrayRules {
  private static let headerBytes = 12
  private static let dimensionBytes = 8

  /// Nil when the bytes aren't such an array, or an element isn't an `Element`.
  static func elements<Element>(
    _ bytes: RawSpan, null: Element?, _ decode: (_ bytes: RawSpan, _ type: PostgresType) -> Element?
  ) -> [Element]? {
    guard let dimensions: Int32 = bytes.integer(at: 0), let type: UInt32 = bytes.integer(at: 8) else { return nil }
    if dimensions == 0 { return [] }
    guard dimensions == 1, let count: Int32 = bytes.integer(at: headerBytes), count >= 0 else { return nil }
    var elements: [Element] = []
    var offset = headerBytes + dimensionBytes
    for _ in 0..<count {
      guard let length: Int32 = bytes.integer(at: offset) else { return nil }
      offset += 4
      if length < 0 {
        guard let null else { return nil }
        elements.append(null)
        continue
      }
      guard offset + Int(length) <= bytes.byteCount else { return nil }
      guard let element = decode(bytes.extracting(offset..<(offset + Int(length))), PostgresType(rawValue: type)) else { return nil }
      elements.append(element)
      offset += Int(length)
    }
    return elements
  }
}
