/// Which statements a connection has prepared, the least recently used giving way when there are too many.
struct StatementCache {
  /// The same text with other types is another statement.
  struct Key: Hashable {
    let text: String
    let types: [UInt32]
  }

  private struct Entry {
    let name: String
    var lastUse: UInt64
  }

  /// So many plans a connection keeps in the server's memory at most.
  static let entriesMax = 256

  private var entries: [Key: Entry] = [:]
  private var uses: UInt64 = 0
  private var names: UInt64 = 0
  /// Statements that have left the cache but that the server still holds.
  private(set) var evicted: [String] = []

  var count: Int { entries.count }

  mutating func name(for key: Key) -> String? {
    uses += 1
    entries[key]?.lastUse = uses
    return entries[key]?.name
  }

  /// A name that this connection never used before.
  mutating func newName() -> String {
    names += 1
    return "s\(names)"
  }

  /// The server has prepared `key` as `name`.
  mutating func insert(_ key: Key, name: String) {
    if entries.count >= Self.entriesMax, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
      entries[oldest.key] = nil
      evicted.append(oldest.value.name)
    }
    uses += 1
    entries[key] = Entry(name: name, lastUse: uses)
  }

  /// The server has forgotten `name`.
  mutating func deallocated(_ name: String) { evicted.removeAll { $0 == name } }
}
