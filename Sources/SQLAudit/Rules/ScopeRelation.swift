/// One entry of a FROM clause.
struct ScopeRelation {
  enum Role {
    /// A table or view that must be held to a brand.
    case brandScoped
    /// Its `brand_id`, where it has one, only links others with one another.
    case linking
    /// A sub-select or CTE, which has been judged by itself.
    case derived(given: Set<String>)
    /// A function or a list of values: what it yields was handed in.
    case given
  }

  let alias: String
  let table: TableName?
  let role: Role
  /// nil where they aren't known.
  let columns: Set<String>?

  /// Whether an unqualified name may mean this relation's column.
  func mayHave(_ column: String) -> Bool {
    if let columns { return columns.contains(column) }
    if case .brandScoped = role { return column == BrandInventory.brandColumn }
    return false
  }
}
