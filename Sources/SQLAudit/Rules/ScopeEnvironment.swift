/// What a query sees of what is around it.
struct ScopeEnvironment {
  let inventory: BrandInventory
  /// Whether names that no relation has are variables: so in the body of a function.
  var hasVariables = false
  var tables: [String: DerivedTable] = [:]
  /// Outermost first.
  var outer: [QueryLevel] = []

  func inside(_ level: QueryLevel) -> ScopeEnvironment {
    var inner = self
    inner.outer.append(level)
    return inner
  }
}
