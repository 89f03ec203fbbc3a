/// Decides what ties a relation to a brand. Whatever isn't recognised ties nothing: ties go to FIX (S0-CLS-04).
struct BrandTermRules {
  let level: QueryLevel
  let environment: ScopeEnvironment

  /// The ties that hold in every row for which the condition is true.
  func links(_ condition: ParseNode?) -> Set<BrandLink> {
    guard let (kind, body) = condition?.tagged else { return [] }
    switch kind {
    case "BoolExpr": return combined(body)
    case "A_Expr": return comparison(body)
    case "SubLink": return membership(body)
    default: return []
    }
  }

  private func combined(_ body: ParseNode) -> Set<BrandLink> {
    let parts = (body["args"]?.items ?? []).map { links($0) }
    switch body["boolop"]?.text {
    case "AND_EXPR": return parts.reduce(into: []) { $0.formUnion($1) }
    case "OR_EXPR": return parts.dropFirst().reduce(parts.first ?? []) { $0.intersection($1) }
    default: return []
    }
  }

  private func comparison(_ body: ParseNode) -> Set<BrandLink> {
    guard body["name"]?.items.last?.string == "=" || body["kind"]?.text == "AEXPR_NOT_DISTINCT", let left = body["lexpr"],
      let right = body["rexpr"]
    else { return [] }
    switch body["kind"]?.text {
    case "AEXPR_OP", "AEXPR_NOT_DISTINCT": return equality(left, right)
    case "AEXPR_IN": return oneOf(left, right.listed)
    case "AEXPR_OP_ANY": return oneOf(left, [right])
    default: return []
    }
  }

  private func equality(_ left: ParseNode, _ right: ParseNode) -> Set<BrandLink> {
    let lefts = left["RowExpr"]?["args"]?.items ?? [left]
    let rights = right["RowExpr"]?["args"]?.items ?? [right]
    guard lefts.count == rights.count else { return [] }
    return zip(lefts, rights).reduce(into: []) { links, pair in
      guard let first = term(pair.0), let second = term(pair.1), first != second else { return }
      if case .relation(let target) = first { links.insert(BrandLink(target: target, source: second)) }
      if case .relation(let target) = second { links.insert(BrandLink(target: target, source: first)) }
    }
  }

  private func oneOf(_ left: ParseNode, _ values: [ParseNode]) -> Set<BrandLink> {
    guard case .relation(let target) = term(left), !values.isEmpty, values.allSatisfy({ isGivenList($0) }) else { return [] }
    return [BrandLink(target: target, source: .given)]
  }

  private func isGivenList(_ value: ParseNode) -> Bool {
    if let array = value["A_ArrayExpr"]?["elements"]?.items { return !array.isEmpty && array.allSatisfy { term($0) == .given } }
    return term(value) == .given
  }

  /// `(brand_id, id) IN (SELECT …)`, where the sub-select's column is given.
  private func membership(_ body: ParseNode) -> Set<BrandLink> {
    guard body["subLinkType"]?.text == "ANY_SUBLINK", let test = body["testexpr"], body["operName"] == nil else { return [] }
    let tests = test["RowExpr"]?["args"]?.items ?? [test]
    let shown = BrandScope.shown(by: body["subselect"], environment.inside(level))
    guard let columns = shown.columns, columns.count == tests.count else { return [] }
    return zip(tests, columns).reduce(into: []) { links, pair in
      guard shown.given.contains(pair.1), case .relation(let target) = term(pair.0) else { return }
      links.insert(BrandLink(target: target, source: .given))
    }
  }

  func term(_ expression: ParseNode) -> BrandTerm? {
    guard let (kind, body) = expression.tagged else { return nil }
    switch kind {
    case "ColumnRef": return expression.columnNames.flatMap(column)
    case "ParamRef": return .given
    case "A_Const": return body["isnull"]?.isTrue == true ? nil : .given
    case "TypeCast": return body["arg"].flatMap(term)
    case "FuncCall": return function(body)
    case "SubLink": return scalar(body)
    default: return nil
    }
  }

  /// `current_brand_id()`, and the setting that it reads.
  private func function(_ body: ParseNode) -> BrandTerm? {
    let arguments = body["args"]?.items ?? []
    switch body["funcname"]?.items.last?.string {
    case "current_brand_id": return .given
    case "current_setting": return arguments.first?["A_Const"]?["sval"]?["sval"]?.text == "app.brand_id" ? .given : nil
    default: return nil
    }
  }

  /// A sub-select that yields one value: a constant, or the brand of one row.
  private func scalar(_ body: ParseNode) -> BrandTerm? {
    guard body["subLinkType"]?.text == "EXPR_SUBLINK", let select = body["subselect"]?["SelectStmt"],
      let targets = select["targetList"]?.items, targets.count == 1, let value = targets[0]["ResTarget"]?["val"]
    else { return nil }
    if select["fromClause"] == nil { return select["larg"] == nil ? term(value) : nil }
    return value.columnNames?.last == BrandInventory.brandColumn ? .given : nil
  }

  private func column(_ names: [String]) -> BrandTerm? {
    guard let column = names.last else { return nil }
    return names.count == 1 ? unqualified(column) : qualified(names[names.count - 2], column)
  }

  private func unqualified(_ column: String) -> BrandTerm? {
    let holders = level.relations.indices.filter { level.relations[$0].mayHave(column) }
    if holders.count == 1 { return term(of: holders[0], column) }
    if holders.count > 1 {
      guard column == BrandInventory.brandColumn, let first = level.merged.first, holders.allSatisfy(level.merged.contains) else {
        return nil
      }
      return term(of: first, column)
    }
    if let outer = outer({ $0.mayHave(column) }) { return term(outer, column) }
    return environment.hasVariables ? .given : nil
  }

  private func qualified(_ qualifier: String, _ column: String) -> BrandTerm? {
    if let index = level.index(of: qualifier) { return term(of: index, column) }
    if let outer = outer({ $0.alias == qualifier }) { return term(outer, column) }
    return environment.hasVariables || qualifier == "excluded" ? .given : nil
  }

  /// The innermost relation around the query that fits.
  private func outer(_ fits: (ScopeRelation) -> Bool) -> (level: QueryLevel, index: Int)? {
    for level in environment.outer.reversed() {
      if let index = level.relations.firstIndex(where: fits) { return (level, index) }
    }
    return nil
  }

  /// A column of a row of an outer query. Rows that are judged there are as good as given; others only where a brand holds them.
  private func term(_ outer: (level: QueryLevel, index: Int), _ column: String) -> BrandTerm? {
    let term = Self.term(of: outer.index, column, outer.level)
    guard case .relation(let index) = term else { return term }
    if case .brandScoped = outer.level.relations[index].role { return .given }
    return outer.level.held.contains(index) ? .given : nil
  }

  private func term(of index: Int, _ column: String) -> BrandTerm? { Self.term(of: index, column, level) }

  private static func term(of index: Int, _ column: String, _ level: QueryLevel) -> BrandTerm? {
    let relation = level.relations[index]
    switch relation.role {
    case .given: return .given
    case .derived(let given) where given.contains(column): return .given
    case .brandScoped, .linking, .derived: return column == BrandInventory.brandColumn ? .relation(index) : nil
    }
  }
}
