/// What a sub-select, a CTE or a list of values shows to the query around it.
struct DerivedTable {
  /// nil where a star hides them.
  var columns: [String]?
  /// Columns whose value is one brand that was given from outside, or that of rows which are held to such a brand.
  var given: Set<String>

  static let nothing = DerivedTable(columns: [], given: [])

  func renamed(_ names: [String]) -> DerivedTable {
    guard !names.isEmpty, let columns else { return self }
    let renamed = names + columns.dropFirst(names.count)
    return DerivedTable(columns: renamed, given: Set(zip(columns, renamed).filter { given.contains($0.0) }.map(\.1)))
  }

  /// A union has what both sides have.
  func united(with other: DerivedTable) -> DerivedTable {
    guard let columns, let others = other.columns, columns.count == others.count else {
      return DerivedTable(columns: columns ?? other.columns, given: given.intersection(other.given))
    }
    return DerivedTable(
      columns: columns, given: Set(zip(columns, others).filter { given.contains($0) && other.given.contains($1) }.map(\.0)))
  }
}
