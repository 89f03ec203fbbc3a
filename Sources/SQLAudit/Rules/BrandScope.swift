/// Walks a statement and collects the tables that it touches, each with what holds it to a brand, or the fault that nothing does.
struct BrandScope {
  private(set) var uses: [TableUse] = []
  /// A condition that is always true, as builders write it to append to: `WHERE 1=1`.
  private(set) var hasOpenCondition = false
  /// A condition that is nothing but a value: text that somebody splices in.
  private(set) var hasSplicedCondition = false

  static func uses(of statement: ParsedStatement, _ environment: ScopeEnvironment) -> BrandScope {
    var scope = BrandScope()
    _ = scope.statement(statement.kind, statement.body, environment)
    return scope
  }

  /// The columns of a sub-select, without judging it.
  static func shown(by select: ParseNode?, _ environment: ScopeEnvironment) -> DerivedTable {
    var scope = BrandScope()
    guard let body = select?["SelectStmt"] else { return .nothing }
    return scope.select(body, environment)
  }

  mutating func note(_ use: TableUse) { uses.append(use) }

  @discardableResult
  mutating func statement(_ kind: String, _ body: ParseNode, _ environment: ScopeEnvironment) -> DerivedTable {
    switch kind {
    case "SelectStmt": return select(body, environment)
    case "InsertStmt": return insert(body, environment)
    case "UpdateStmt": return update(body, environment)
    case "DeleteStmt": return delete(body, environment)
    case "MergeStmt": return merge(body, environment)
    case "CopyStmt": copy(body, environment)
    case "TruncateStmt": truncate(body, environment)
    // Their bodies are judged apart: views by the catalogue check, functions by the reader of routines.
    case "ViewStmt", "CreateFunctionStmt", "DoStmt", "RuleStmt": break
    default: expressions(body, environment)
    }
    return .nothing
  }

  /// The statements inside of an expression.
  mutating func expressions(_ node: ParseNode?, _ environment: ScopeEnvironment) {
    guard let node else { return }
    if let (kind, body) = node.tagged, Self.statements.contains(kind) {
      statement(kind, body, environment)
    } else {
      for child in node.children { expressions(child, environment) }
    }
  }

  private static let statements: Set<String> = ["SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"]

  // MARK: CTEs

  mutating func with(_ clause: ParseNode?, _ environment: ScopeEnvironment) -> ScopeEnvironment {
    var environment = environment
    for entry in clause?["ctes"]?.items ?? [] {
      guard let table = entry["CommonTableExpr"], let name = table["ctename"]?.text, let (kind, body) = table["ctequery"]?.tagged else {
        continue
      }
      let names = table["aliascolnames"]?.items.compactMap(\.string) ?? []
      if clause?["recursive"]?.isTrue == true, let first = body["larg"] {
        var scratch = BrandScope()
        environment.tables[name] = scratch.select(first, environment).renamed(names)
      }
      environment.tables[name] = statement(kind, body, environment).renamed(names)
    }
    return environment
  }

  // MARK: FROM

  /// - Returns: the indices of what the entry adds to the level.
  mutating func from(_ entry: ParseNode, _ level: inout QueryLevel, _ environment: ScopeEnvironment) -> Set<Int> {
    guard let (kind, body) = entry.tagged else { return [] }
    switch kind {
    case "RangeVar": return add(relation(body, environment), to: &level)
    case "JoinExpr": return join(body, &level, environment)
    case "RangeSubselect": return add(subselect(body, environment.inside(level)), to: &level)
    case "RangeTableSample": return body["relation"].map { from($0, &level, environment) } ?? []
    default:
      expressions(body, environment.inside(level))
      return add(Self.function(body), to: &level)
    }
  }

  private func add(_ relation: ScopeRelation, to level: inout QueryLevel) -> Set<Int> {
    level.relations.append(relation)
    return [level.relations.count - 1]
  }

  func relation(_ body: ParseNode, _ environment: ScopeEnvironment) -> ScopeRelation {
    let name = body["relname"]?.text ?? ""
    let table = TableName(schema: body["schemaname"]?.text, name: name)
    let alias = body["alias"]?["aliasname"]?.text ?? name
    if table.schema == nil, let derived = environment.tables[name] {
      return ScopeRelation(alias: alias, table: nil, role: .derived(given: derived.given), columns: derived.columns.map(Set.init))
    }
    let shape = environment.inventory.shape(of: table)
    if shape.reach == .written { return ScopeRelation(alias: alias, table: nil, role: .given, columns: nil) }
    return ScopeRelation(alias: alias, table: table, role: shape.reach == .brandScoped ? .brandScoped : .linking, columns: shape.columns)
  }

  private mutating func subselect(_ body: ParseNode, _ environment: ScopeEnvironment) -> ScopeRelation {
    let names = body["alias"]?["colnames"]?.items.compactMap(\.string) ?? []
    var shown = DerivedTable.nothing
    if let (kind, query) = body["subquery"]?.tagged { shown = statement(kind, query, environment).renamed(names) }
    return ScopeRelation(
      alias: body["alias"]?["aliasname"]?.text ?? "", table: nil, role: .derived(given: shown.given), columns: shown.columns.map(Set.init))
  }

  private static func function(_ body: ParseNode) -> ScopeRelation {
    let alias = body["alias"]?["aliasname"]?.text
    let listed = body["alias"]?["colnames"]?.items.compactMap(\.string) ?? []
    let defined = body["coldeflist"]?.items.compactMap { $0["ColumnDef"]?["colname"]?.text } ?? []
    let call = body["functions"]?.items.first?.listed.first?["FuncCall"]?["funcname"]?.items.last?.string
    let names = listed + defined
    // Without a list of columns a function of one column has its alias for a name; only for these is that known.
    let isScalar = ["unnest", "generate_series", "jsonb_array_elements", "jsonb_array_elements_text", "regexp_split_to_table"]
      .contains(call ?? "")
    let columns: Set<String>? = names.isEmpty ? (isScalar ? [alias ?? call ?? ""] : nil) : Set(names)
    return ScopeRelation(alias: alias ?? call ?? "", table: nil, role: .given, columns: columns)
  }

  private mutating func join(_ body: ParseNode, _ level: inout QueryLevel, _ environment: ScopeEnvironment) -> Set<Int> {
    let left = body["larg"].map { from($0, &level, environment) } ?? []
    let right = body["rarg"].map { from($0, &level, environment) } ?? []
    expressions(body["quals"], environment.inside(level))
    // An outer join keeps rows of its preserved side for which the condition is false: it holds only the other side.
    let bound: Set<Int> =
      switch body["jointype"]?.text {
      case "JOIN_INNER", nil: left.union(right)
      case "JOIN_LEFT": right
      case "JOIN_RIGHT": left
      default: []
      }
    var links = BrandTermRules(level: level, environment: environment).links(body["quals"])
    if (body["usingClause"]?.items ?? []).contains(where: { $0.string == BrandInventory.brandColumn }) {
      links.formUnion(merge(left, right, &level))
    }
    level.links.formUnion(links.filter { bound.contains($0.target) })
    return left.union(right)
  }

  private func merge(_ left: Set<Int>, _ right: Set<Int>, _ level: inout QueryLevel) -> Set<BrandLink> {
    func holders(_ side: Set<Int>) -> [Int] { side.sorted().filter { level.relations[$0].mayHave(BrandInventory.brandColumn) } }
    var links: Set<BrandLink> = []
    for first in holders(left).prefix(1) {
      for second in holders(right).prefix(1) {
        links.formUnion([BrandLink(target: first, source: brand(second, level)), BrandLink(target: second, source: brand(first, level))])
      }
    }
    level.merged = Array(Set(level.merged + holders(left) + holders(right))).sorted()
    return links
  }

  private func brand(_ index: Int, _ level: QueryLevel) -> BrandTerm {
    switch level.relations[index].role {
    case .given: .given
    case .derived(let given) where given.contains(BrandInventory.brandColumn): .given
    case .brandScoped, .linking, .derived: .relation(index)
    }
  }

  // MARK: WHERE

  /// Judges what the FROM clause holds, now that everything that ties it is known. - Parameter kinds: of relations that are written.
  mutating func judge(
    _ level: inout QueryLevel, where condition: ParseNode?, _ environment: ScopeEnvironment, kinds: [Int: StatementKind] = [:]
  ) {
    level.links.formUnion(BrandTermRules(level: level, environment: environment).links(condition))
    expressions(condition, environment.inside(level))
    look(at: condition)
    let held = level.held
    for (index, relation) in level.relations.enumerated() {
      guard let table = relation.table else { continue }
      let reach = environment.inventory.shape(of: table).reach
      let isHeld = reach != .brandScoped || held.contains(index)
      note(TableUse(kind: kinds[index] ?? .select, table: table, reach: reach, fault: isHeld ? nil : "nothing holds \(table) to a brand"))
    }
  }

  private mutating func look(at condition: ParseNode?) {
    for part in Self.conjuncts(condition) {
      if part["A_Const"]?["boolval"] != nil { hasOpenCondition = true }
      if let comparison = part["A_Expr"], comparison["lexpr"]?["A_Const"] != nil, comparison["rexpr"]?["A_Const"] != nil {
        hasOpenCondition = true
      }
      if part["ParamRef"] != nil { hasSplicedCondition = true }
    }
  }

  private static func conjuncts(_ condition: ParseNode?) -> [ParseNode] {
    guard let condition else { return [] }
    guard let body = condition["BoolExpr"] else { return [condition] }
    return (body["args"]?.items ?? []).flatMap(conjuncts)
  }

  // MARK: What a query shows

  func shown(_ targets: [ParseNode], _ level: QueryLevel, _ environment: ScopeEnvironment) -> DerivedTable {
    let rules = BrandTermRules(level: level, environment: environment)
    let held = level.held
    var columns: [String]? = []
    var given: Set<String> = []
    for target in targets {
      guard let target = target["ResTarget"], let value = target["val"] else { continue }
      if let names = value.columnNames, names.last == "*" {
        for (index, relation) in level.relations.enumerated() where names.count == 1 || relation.alias == names[0] {
          columns = relation.columns.flatMap { added in columns.map { $0 + added.sorted() } }
          if case .derived(let shown) = relation.role { given.formUnion(shown) }
          if held.contains(index) { given.insert(BrandInventory.brandColumn) }
        }
        continue
      }
      let name = target["name"]?.text ?? value.columnNames?.last ?? "?column?"
      columns?.append(name)
      switch rules.term(value) {
      case .given: given.insert(name)
      case .relation(let index) where held.contains(index): given.insert(name)
      default: break
      }
    }
    return DerivedTable(columns: columns, given: given)
  }
}
