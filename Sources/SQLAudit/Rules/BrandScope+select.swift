extension BrandScope {
  mutating func select(_ body: ParseNode, _ environment: ScopeEnvironment) -> DerivedTable {
    let environment = with(body["withClause"], environment)
    if let left = body["larg"], let right = body["rarg"] {
      return select(left, environment).united(with: select(right, environment))
    }
    if let rows = body["valuesLists"]?.items { return values(rows.map(\.listed), environment) }
    var level = QueryLevel()
    for entry in body["fromClause"]?.items ?? [] { _ = from(entry, &level, environment) }
    judge(&level, where: body["whereClause"], environment)
    for part in Self.parts { expressions(body[part], environment.inside(level)) }
    return shown(body["targetList"]?.items ?? [], level, environment)
  }

  /// Everything of a query besides FROM and WHERE that may hold a sub-select.
  private static let parts = [
    "distinctClause", "targetList", "groupClause", "havingClause", "windowClause", "sortClause", "limitOffset", "limitCount",
  ]

  private mutating func values(_ rows: [[ParseNode]], _ environment: ScopeEnvironment) -> DerivedTable {
    let rules = BrandTermRules(level: QueryLevel(), environment: environment)
    for row in rows { for value in row { expressions(value, environment) } }
    let columns = (rows.first ?? []).indices.map { "column\($0 + 1)" }
    let given = columns.indices.filter { column in rows.allSatisfy { $0.indices.contains(column) && rules.term($0[column]) == .given } }
    return DerivedTable(columns: columns, given: Set(given.map { columns[$0] }))
  }
}
