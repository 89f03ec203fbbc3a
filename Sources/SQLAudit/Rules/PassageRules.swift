/// Sorts the statements of a passage into the runbooks' classes. Ties go to FIX (S0-CLS-04).
struct PassageRules {
  let inventory: BrandInventory
  /// Whether the passage stands in a test.
  let isTest: Bool
  /// Somebody else's code: where it stands.
  let legacy: String?
  let settled: SettledMarkers

  static let testReads = "test that looks at every brand"

  // MARK: Passages

  func sightings(_ passage: SQLPassage) -> [Sighting] {
    let likeness = passage.isForSQL ? SQLWords.Likeness.certain : SQLWords.likeness(passage.ownText)
    let mayGrow = passage.pieces.contains { if case .splice = $0 { true } else { false } }
    guard likeness != .none || mayGrow || namesTable(passage.ownText) else { return [] }
    switch PassageText.variants(passage.pieces) {
    case .success(let variants):
      return Set(variants.flatMap { sightings(of: $0, in: passage) }).worst()
    case .failure(let fault):
      guard SQLWords.likeness(passage.ownText) == .certain || namesTable(passage.ownText) else { return [] }
      return [unreadable(passage, fault)]
    }
  }

  /// A piece that is no statement by itself, and that somebody puts together with others: `FROM player`.
  private func namesTable(_ text: String) -> Bool {
    SQLWords.tables(text).contains { inventory.knows($0) && inventory.shape(of: $0).reach == .brandScoped }
  }

  private func unreadable(_ passage: SQLPassage, _ fault: QueryParseFault) -> Sighting {
    let text = passage.ownText
    let kind = Self.kind(text)
    return sighting(
      passage, passage.line, kind, [], fault: ("PostgreSQL's parser refuses it: \(fault.message)", .fixDynamic), passage.marker)
  }

  /// What a text that can't be parsed does at worst.
  private static func kind(_ text: String) -> StatementKind {
    [StatementKind.insert, .update, .delete].first { text.contains($0.rawValue) } ?? .select
  }

  private func sightings(of variant: PassageVariant, in passage: SQLPassage) -> [Sighting] {
    variant.statements.flatMap { statement in
      let text = RoutineReader.text(of: statement, in: variant.text)
      let line = passage.line + lines(variant.text.utf8.prefix(statement.start)) + lines(text.utf8.prefix { $0 <= 0x20 })
      let marker = passage.marker ?? BrandMarker.inSQL(Substring(text))
      if let body = statement.body["sql_body"] {
        let inner = ParsedStatement(kind: "SQLBody", body: body, start: statement.start, length: statement.length)
        return judge(inner, variant, in: passage, line, marker, hasVariables: true)
      }
      switch statement.kind {
      case "CreateFunctionStmt", "DoStmt": return routine(statement, text, in: passage, from: line)
      default: return judge(statement, variant, in: passage, line, marker, hasVariables: false)
      }
    }
  }

  private func lines(_ bytes: some Sequence<UInt8>) -> Int { bytes.count { $0 == 0x0A } }

  // MARK: Functions

  private func routine(_ statement: ParsedStatement, _ text: String, in passage: SQLPassage, from line: Int) -> [Sighting] {
    let head = lines(text.utf8.prefix { $0 <= 0x20 })
    let statements: [RoutineStatement]
    do throws(QueryParseFault) {
      statements = try RoutineReader.statements(of: statement, text: text)
    } catch {
      guard SQLWords.likeness(text) == .certain else { return [] }
      let fault = ("the body of this function can't be read: \(error.message)", AuditClass.fixDynamic)
      return [sighting(passage, line, .select, [], fault: fault, passage.marker ?? BrandMarker.inSQL(Substring(text)))]
    }
    return statements.flatMap { inner -> [Sighting] in
      let place = line - head + inner.line - 1
      let marker = passage.marker ?? Self.marker(above: inner.line, in: text)
      if inner.isDynamic { return dynamic(inner, in: passage, place, marker) }
      guard let parsed = try? QueryParser.parse(inner.text) else { return [] }
      let variant = PassageVariant(text: inner.text, statements: parsed, unknownNames: [], hasUnknownText: false)
      return parsed.flatMap { judge($0, variant, in: passage, place, marker, hasVariables: true) }
    }
  }

  /// The marker in the comment lines right above a line of a text.
  private static func marker(above line: Int, in text: String) -> BrandMarker? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var index = line - 2
    while lines.indices.contains(index), lines[index].drop(while: { $0 == " " }).hasPrefix("--") {
      if let marker = BrandMarker(comment: String(lines[index])) { return marker }
      index -= 1
    }
    return nil
  }

  /// `EXECUTE` of a text. Definitions touch no rows.
  private func dynamic(_ inner: RoutineStatement, in passage: SQLPassage, _ line: Int, _ marker: BrandMarker?) -> [Sighting] {
    let quoted = inner.text.drop { $0 != "'" }.dropFirst()
    let verb = quoted.prefix { $0.isLetter }.uppercased()
    if ["ALTER", "CREATE", "DROP", "GRANT", "REVOKE", "COMMENT", "SET", "LOCK"].contains(verb) { return [] }
    let kind = Self.kind(inner.text)
    return [sighting(passage, line, kind, [], fault: ("EXECUTE of a text that is put together", .fixDynamic), marker)]
  }

  // MARK: Statements

  private func judge(
    _ statement: ParsedStatement, _ variant: PassageVariant, in passage: SQLPassage, _ line: Int, _ marker: BrandMarker?, hasVariables: Bool
  ) -> [Sighting] {
    let scope = BrandScope.uses(of: statement, ScopeEnvironment(inventory: inventory, hasVariables: hasVariables))
    let openness = openness(statement, variant, scope)
    return StatementKind.allCases.compactMap { kind in
      let uses = scope.uses.filter { $0.kind == kind }
      let scoped = uses.filter { $0.reach == .brandScoped }
      if scoped.isEmpty { return unscoped(uses, passage, line, kind) }
      let tables = Array(Set(scoped.map(\.table))).sorted()
      let fault = scoped.compactMap(\.fault).first
      let isBuilt = scope.hasOpenCondition || tables.contains { $0.description.contains(PassageText.namePrefix) }
      if let openness { return sighting(passage, line, kind, tables, fault: (openness, .fixDynamic), marker) }
      return sighting(passage, line, kind, tables, fault: fault.map { ($0, isBuilt ? .fixDynamic : .fix) }, marker)
    }
  }

  /// Statements on the platform's own tables are listed, so that somebody looks at them.
  private func unscoped(_ uses: [TableUse], _ passage: SQLPassage, _ line: Int, _ kind: StatementKind) -> Sighting? {
    let platform = uses.filter { $0.reach == .platform }
    if !platform.isEmpty {
      let tables = Array(Set(platform.map(\.table))).sorted()
      let marker = BrandMarker(category: .brandGlobalTable, reason: "v_platform_table names it")
      return sighting(passage, line, kind, tables, fault: ("a table of the platform", .fix), marker)
    }
    let global = uses.filter { BrandInventory.brandGlobalTables.contains($0.table.name) }
    return global.isEmpty ? nil : sighting(passage, line, kind, Array(Set(global.map(\.table))).sorted(), fault: nil, nil)
  }

  /// What makes a statement's reach unreadable.
  private func openness(_ statement: ParsedStatement, _ variant: PassageVariant, _ scope: BrandScope) -> String? {
    if variant.hasUnknownText { return "text that isn't known becomes part of it" }
    if Self.strayNames(statement.body, variant.unknownNames) { return "a name that isn't known stands where it can be any condition" }
    if scope.hasSplicedCondition { return "a condition is spliced in" }
    return nil
  }

  /// Whether an unknown name stands elsewhere than in the place of a table or a type.
  private static func strayNames(_ node: ParseNode, _ names: Set<String>) -> Bool {
    if names.isEmpty { return false }
    if let text = node.text { return names.contains { text.contains($0) } }
    guard case .node(let members) = node else { return node.children.contains { strayNames($0, names) } }
    return members.contains { name, value in
      if name == "relname" || name == "schemaname" || name == "TypeName" || name == "typeName" || name == "trans_stmt" { return false }
      return strayNames(value, names)
    }
  }

  // MARK: Calls that build

  func sighting(_ built: BuiltStatement) -> Sighting? {
    guard inventory.knows(built.table), inventory.shape(of: built.table).reach == .brandScoped else { return nil }
    let isFree = built.namesBrand || (built.kind == .insert && inventory.isNullableByDesign(built.table))
    let passage = SQLPassage(path: built.path, line: built.line, pieces: [], marker: built.marker, isForSQL: true)
    return sighting(
      passage, built.line, built.kind, [built.table], fault: isFree ? nil : ("no argument is brand_id", .fix), built.marker, style: .built)
  }

  private func sighting(
    _ passage: SQLPassage, _ line: Int, _ kind: StatementKind, _ tables: [TableName], fault: (reason: String, auditClass: AuditClass)?,
    _ marker: BrandMarker?, style: Sighting.Style = .raw
  ) -> Sighting {
    var auditClass = fault?.auditClass ?? .ok
    var category: String?
    if let legacy {
      (auditClass, category) = (.legacy, legacy)
    } else if fault != nil, let marker = marker ?? settled.marker(passage.path, line) {
      (auditClass, category) = (.intentional, marker.category.rawValue)
    } else if isTest, auditClass.isFault, kind == .select {
      // A test that looked at one brand only would never see what leaks into another.
      (auditClass, category) = (.intentional, Self.testReads)
    } else if isTest, auditClass.isFault {
      auditClass = .fixTest
    }
    let marked = auditClass == .intentional ? (marker ?? settled.marker(passage.path, line))?.reason : nil
    let reason = marked ?? fault?.reason
    return Sighting(
      path: passage.path, line: line, kind: kind, style: style, auditClass: auditClass, tables: tables, reason: reason, category: category)
  }
}

extension Set<Sighting> {
  /// Of a statement that may become several, the worst.
  fileprivate func worst() -> [Sighting] {
    Dictionary(map { ("\($0.line) \($0.kind)", $0) }) { Swift.max($0, $1) }.values
      .sorted { ($0.line, $0.kind) < ($1.line, $1.kind) }
  }
}

extension Sighting: Comparable {
  package static func < (left: Sighting, right: Sighting) -> Bool {
    (left.auditClass, left.reason ?? "", left.tables.description) < (right.auditClass, right.reason ?? "", right.tables.description)
  }
}
