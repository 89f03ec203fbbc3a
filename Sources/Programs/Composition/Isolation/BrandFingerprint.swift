/// Everything that a brand has at a moment, as one digest for each table and each Redis key.
struct BrandFingerprint: Hashable, Sendable {
  /// By `schema.table`.
  let tables: [String: String]
  /// By key.
  let keys: [String: String]

  /// The tables and keys that aren't the same in both.
  func differences(to other: BrandFingerprint) -> [String] {
    Self.differing(tables, other.tables).map { "in table \($0)" } + Self.differing(keys, other.keys).map { "key \($0)" }
  }

  private static func differing(_ left: [String: String], _ right: [String: String]) -> [String] {
    Set(left.keys).union(right.keys).filter { left[$0] != right[$0] }.sorted()
  }
}
