extension BrandScope {
  // MARK: INSERT

  mutating func insert(_ body: ParseNode, _ environment: ScopeEnvironment) -> DerivedTable {
    let environment = with(body["withClause"], environment)
    guard let target = body["relation"].map({ relation($0, environment) }), let table = target.table else { return .nothing }
    let columns = (body["cols"]?.items ?? []).compactMap { $0["ResTarget"]?["name"]?.text }
    let source = body["selectStmt"]?["SelectStmt"]
    let reach = environment.inventory.shape(of: table).reach
    var fault: String?
    if reach == .brandScoped, !environment.inventory.isNullableByDesign(table) {
      fault = Self.insertFault(target, columns, source) ?? conflictFault(body["onConflictClause"], target, environment)
    }
    note(TableUse(kind: .insert, table: table, reach: reach, fault: fault))
    if let source { _ = select(source, environment) }
    var level = QueryLevel(relations: [target])
    level.links = [BrandLink(target: 0, source: .given)]
    expressions(body["onConflictClause"], environment.inside(level))
    expressions(body["returningList"], environment.inside(level))
    return shown(body["returningList"]?.items ?? [], level, environment)
  }

  private static func insertFault(_ target: ScopeRelation, _ columns: [String], _ source: ParseNode?) -> String? {
    guard let source else { return "every column has its default, brand_id too" }
    guard !columns.isEmpty else { return "no list of columns names brand_id" }
    guard let place = columns.firstIndex(of: BrandInventory.brandColumn) else { return "brand_id isn't among the columns" }
    return values(of: source, at: place).allSatisfy(isBrand) ? nil : "brand_id is NULL or its default"
  }

  /// What a source writes into one column.
  private static func values(of source: ParseNode, at place: Int) -> [ParseNode?] {
    if let left = source["larg"], let right = source["rarg"] { return values(of: left, at: place) + values(of: right, at: place) }
    if let rows = source["valuesLists"]?.items { return rows.map { $0.listed.indices.contains(place) ? $0.listed[place] : nil } }
    let targets = source["targetList"]?.items ?? []
    // Behind a star the place isn't known.
    let isStar = targets.prefix(place + 1).contains { $0["ResTarget"]?["val"]?.columnNames?.last == "*" }
    return [isStar || !targets.indices.contains(place) ? nil : targets[place]["ResTarget"]?["val"]]
  }

  private static func isBrand(_ value: ParseNode?) -> Bool {
    guard let (kind, body) = value?.tagged else { return false }
    switch kind {
    case "SetToDefault": return false
    case "A_Const": return body["isnull"]?.isTrue != true
    case "TypeCast": return isBrand(body["arg"])
    default: return true
    }
  }

  /// A conflict on a key that all brands share would update another brand's row.
  private func conflictFault(_ clause: ParseNode?, _ target: ScopeRelation, _ environment: ScopeEnvironment) -> String? {
    guard let clause, clause["action"]?.text == "ONCONFLICT_UPDATE" else { return nil }
    let inferred = clause["infer"]?["indexElems"]?.items.compactMap { $0["IndexElem"]?["name"]?.text } ?? []
    let named = clause["infer"]?["conname"]?.text.flatMap { environment.inventory.keys[$0] } ?? []
    if inferred.contains(BrandInventory.brandColumn) || named.contains(BrandInventory.brandColumn) { return nil }
    let level = QueryLevel(relations: [target])
    let isHeld = BrandTermRules(level: level, environment: environment).links(clause["whereClause"]).contains { $0.target == 0 }
    return isHeld ? nil : "ON CONFLICT on a key without brand_id updates whichever brand has it"
  }

  // MARK: UPDATE and DELETE

  mutating func update(_ body: ParseNode, _ environment: ScopeEnvironment) -> DerivedTable {
    change(body, sources: body["fromClause"], .update, environment)
  }

  mutating func delete(_ body: ParseNode, _ environment: ScopeEnvironment) -> DerivedTable {
    change(body, sources: body["usingClause"], .delete, environment)
  }

  private mutating func change(
    _ body: ParseNode, sources: ParseNode?, _ kind: StatementKind, _ environment: ScopeEnvironment
  ) -> DerivedTable {
    let environment = with(body["withClause"], environment)
    guard let target = body["relation"].map({ relation($0, environment) }) else { return .nothing }
    var level = QueryLevel(relations: [target])
    for entry in sources?.items ?? [] { _ = from(entry, &level, environment) }
    judge(&level, where: body["whereClause"], environment, kinds: [0: kind])
    let assigned = kind == .update ? body["targetList"] : nil
    noteMove(of: target, assigned?.items ?? [], environment)
    expressions(assigned, environment.inside(level))
    expressions(body["returningList"], environment.inside(level))
    return shown(body["returningList"]?.items ?? [], level, environment)
  }

  /// No row goes from one brand to another.
  private mutating func noteMove(of target: ScopeRelation, _ assigned: [ParseNode], _ environment: ScopeEnvironment) {
    guard let table = target.table, assigned.contains(where: { $0["ResTarget"]?["name"]?.text == BrandInventory.brandColumn }) else {
      return
    }
    let reach = environment.inventory.shape(of: table).reach
    guard reach == .brandScoped, !environment.inventory.isNullableByDesign(table) else { return }
    note(TableUse(kind: .update, table: table, reach: reach, fault: "it moves rows of \(table) to another brand"))
  }

  // MARK: MERGE, COPY, TRUNCATE

  mutating func merge(_ body: ParseNode, _ environment: ScopeEnvironment) -> DerivedTable {
    let environment = with(body["withClause"], environment)
    guard let target = body["relation"].map({ relation($0, environment) }), let table = target.table else { return .nothing }
    var level = QueryLevel(relations: [target])
    if let source = body["sourceRelation"] { _ = from(source, &level, environment) }
    expressions(body["joinCondition"], environment.inside(level))
    // Rows of the source that match nothing are inserted, so that the condition holds the target alone.
    level.links = BrandTermRules(level: level, environment: environment).links(body["joinCondition"]).filter { $0.target == 0 }
    judge(&level, where: nil, environment, kinds: [0: .update])
    for clause in body["mergeWhenClauses"]?.items.compactMap({ $0["MergeWhenClause"] }) ?? [] {
      mergeClause(clause, target, table, environment.inside(level))
    }
    return .nothing
  }

  private mutating func mergeClause(
    _ clause: ParseNode, _ target: ScopeRelation, _ table: TableName, _ environment: ScopeEnvironment
  ) {
    expressions(clause, environment)
    let assigned = clause["targetList"]?.items ?? []
    guard clause["commandType"]?.text == "CMD_INSERT" else { return noteMove(of: target, assigned, environment) }
    let reach = environment.inventory.shape(of: table).reach
    let place = assigned.firstIndex { $0["ResTarget"]?["name"]?.text == BrandInventory.brandColumn }
    let values = clause["values"]?.items ?? []
    let isSaid = place.map { values.indices.contains($0) && Self.isBrand(values[$0]) } ?? false
    let isFree = reach != .brandScoped || environment.inventory.isNullableByDesign(table) || isSaid
    note(TableUse(kind: .insert, table: table, reach: reach, fault: isFree ? nil : "brand_id isn't among what MERGE inserts"))
  }

  mutating func copy(_ body: ParseNode, _ environment: ScopeEnvironment) {
    expressions(body["query"], environment)
    guard let target = body["relation"].map({ relation($0, environment) }), let table = target.table else { return }
    let reach = environment.inventory.shape(of: table).reach
    let columns = (body["attlist"]?.items ?? []).compactMap(\.string)
    let isFrom = body["is_from"]?.isTrue == true
    let isFree = reach != .brandScoped || (isFrom && columns.contains(BrandInventory.brandColumn))
    let fault = isFree ? nil : isFrom ? "brand_id isn't among the columns that COPY fills" : "COPY writes out every brand's rows"
    note(TableUse(kind: isFrom ? .insert : .select, table: table, reach: reach, fault: fault))
  }

  mutating func truncate(_ body: ParseNode, _ environment: ScopeEnvironment) {
    for entry in body["relations"]?.items ?? [] {
      guard let table = entry["RangeVar"].flatMap({ relation($0, environment).table }) else { continue }
      let reach = environment.inventory.shape(of: table).reach
      note(TableUse(kind: .delete, table: table, reach: reach, fault: reach == .brandScoped ? "TRUNCATE takes every brand's rows" : nil))
    }
  }
}
