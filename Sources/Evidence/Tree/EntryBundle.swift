/// The entries behind a tile of level 0, as C2SP tlog-tiles serves them: each with its length in two bytes before it.
package enum EntryBundle {
  package static let entryBytesMax = Int(UInt16.max)

  /// Nil when an entry is longer than 65,535 bytes, or there aren't 1 to 256 entries.
  package static func bytes(of entries: [[UInt8]]) -> [UInt8]? {
    guard (1...TileCoordinate.fullWidth).contains(entries.count) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.reduce(0) { $0 + $1.count + 2 })
    for entry in entries {
      guard entry.count <= entryBytesMax else { return nil }
      bytes.append(UInt8(entry.count >> 8))
      bytes.append(UInt8(entry.count & 0xFF))
      bytes.append(contentsOf: entry)
    }
    return bytes
  }

  /// Nil unless the bytes are exactly `count` entries.
  package static func entries(from bytes: [UInt8], count: Int) -> [[UInt8]]? {
    guard (1...TileCoordinate.fullWidth).contains(count) else { return nil }
    var entries: [[UInt8]] = []
    var rest = bytes[...]
    while let high = rest.popFirst() {
      guard let low = rest.popFirst(), entries.count < count else { return nil }
      let length = Int(high) << 8 | Int(low)
      guard rest.count >= length else { return nil }
      entries.append(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return entries.count == count ? entries : nil
  }
}
