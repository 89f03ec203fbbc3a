/// Reads the inventory from DDL: a dump of the schema, or what a text creates.
struct InventoryReader {
  private var columns: [TableName: Set<String>] = [:]
  private var platform: Set<TableName> = []
  private var views: [(name: TableName, columns: Set<String>?, sources: Set<TableName>)] = []
  private var written: Set<TableName> = []
  private var keys: [String: Set<String>] = [:]

  /// The view that names the tables that have a column `brand_id` and are yet not brand-scoped.
  private static let platformView = "v_platform_table"

  static func read(_ statements: [ParsedStatement]) -> BrandInventory {
    var reader = InventoryReader()
    for statement in statements { reader.take(statement) }
    return reader.inventory
  }

  private mutating func take(_ statement: ParsedStatement) {
    let body = statement.body
    switch statement.kind {
    case "CreateStmt": table(body)
    case "ViewStmt": view(body)
    case "AlterTableStmt": body["cmds"]?.items.forEach { alter(body["relation"], $0["AlterTableCmd"]) }
    case "IndexStmt": if body["unique"]?.isTrue == true { key(named: body["idxname"]?.text, body["indexParams"]?.items ?? []) }
    case "CreateTableAsStmt": made(body)
    case "CreateTrigStmt":
      for relation in body["transitionRels"]?.items ?? [] {
        if let name = relation["TriggerTransition"]?["name"]?.text { written.insert(TableName(schema: nil, name: name)) }
      }
    default: break
    }
  }

  private mutating func table(_ body: ParseNode) {
    guard let relation = body["relation"], let name = TableName(relation) else { return }
    let elements = body["tableElts"]?.items ?? []
    columns[name] = Set(elements.compactMap { $0["ColumnDef"]?["colname"]?.text })
    for parent in body["inhRelations"]?.items ?? [] {
      if let parent = parent["RangeVar"].flatMap(TableName.init) { columns[name, default: []].formUnion(columns[parent] ?? []) }
    }
    for element in elements { constraint(element["Constraint"]) }
  }

  /// `CREATE TABLE … AS`: its columns are those that the query names.
  private mutating func made(_ body: ParseNode) {
    guard let name = body["into"]?["rel"].flatMap(TableName.init) else { return }
    columns[name] = Self.outputs(of: body["query"]?["SelectStmt"]) ?? [BrandInventory.brandColumn]
  }

  private mutating func alter(_ relation: ParseNode?, _ command: ParseNode?) {
    guard let name = relation.flatMap(TableName.init), let command else { return }
    switch command["subtype"]?.text {
    case "AT_AddColumn": if let column = command["def"]?["ColumnDef"]?["colname"]?.text { columns[name, default: []].insert(column) }
    case "AT_DropColumn": if let column = command["name"]?.text { columns[name]?.remove(column) }
    case "AT_AddConstraint": constraint(command["def"]?["Constraint"])
    default: break
    }
  }

  private mutating func constraint(_ constraint: ParseNode?) {
    guard let constraint, let name = constraint["conname"]?.text else { return }
    let columns = constraint["keys"]?.items.compactMap(\.string) ?? []
    if !columns.isEmpty { keys[name] = Set(columns) }
  }

  private mutating func key(named name: String?, _ parameters: [ParseNode]) {
    guard let name else { return }
    keys[name] = Set(parameters.compactMap { $0["IndexElem"]?["name"]?.text })
  }

  private mutating func view(_ body: ParseNode) {
    guard let name = body["view"].flatMap(TableName.init), let query = body["query"] else { return }
    if name.name == Self.platformView { platform.formUnion(Self.platformTables(query)) }
    let aliases = body["aliases"]?.items.compactMap(\.string) ?? []
    views.append((name, aliases.isEmpty ? Self.outputs(of: query["SelectStmt"]) : Set(aliases), Self.sources(query)))
  }

  private var inventory: BrandInventory {
    var tables: [TableName: TableShape] = [:]
    for (name, columns) in columns {
      let hasBrand = columns.contains(BrandInventory.brandColumn)
      tables[name] = TableShape(reach: !hasBrand ? .unrelated : platform.contains(name) ? .platform : .brandScoped, columns: columns)
    }
    // A view belongs to brands as soon as one of its sources does; views of views need another round.
    for _ in views {
      for view in views {
        let reaches = view.sources.map { tables[$0]?.reach ?? .unrelated }
        let reach: TableShape.Reach =
          reaches.contains(.brandScoped) ? .brandScoped : reaches.contains(.platform) ? .platform : .unrelated
        tables[view.name] = TableShape(reach: reach, columns: view.columns, isView: true)
      }
    }
    for name in written { tables[name] = TableShape(reach: .written, columns: nil) }
    return BrandInventory(tables: tables, keys: keys)
  }

  /// The names of a query's columns; nil where a star hides them.
  static func outputs(of select: ParseNode?) -> Set<String>? {
    guard let select else { return nil }
    if let left = select["larg"] { return outputs(of: left) }
    var names: Set<String> = []
    for target in select["targetList"]?.items ?? [] {
      guard let target = target["ResTarget"] else { continue }
      if let name = target["name"]?.text {
        names.insert(name)
      } else if let column = target["val"]?.columnNames {
        guard let last = column.last, last != "*" else { return nil }
        names.insert(last)
      }
    }
    return names
  }

  private static func sources(_ node: ParseNode) -> Set<TableName> {
    var found = Set(node["RangeVar"].flatMap(TableName.init).map { [$0] } ?? [])
    for child in node.children { found.formUnion(sources(child)) }
    return found
  }

  /// The rows of `(VALUES ('schema', 'table', 'reason'), …)`.
  private static func platformTables(_ node: ParseNode) -> Set<TableName> {
    var found: Set<TableName> = []
    for row in node["valuesLists"]?.items ?? [] {
      let texts = row.listed.compactMap(text)
      if texts.count >= 2 { found.insert(TableName(schema: texts[0], name: texts[1])) }
    }
    for child in node.children { found.formUnion(platformTables(child)) }
    return found
  }

  private static func text(_ constant: ParseNode) -> String? {
    if let inner = constant["TypeCast"]?["arg"] { return text(inner) }
    return constant["A_Const"]?["sval"]?["sval"]?.text
  }
}

extension TableName {
  /// From the body of a `RangeVar`.
  init?(_ relation: ParseNode) {
    guard let name = relation["relname"]?.text else { return nil }
    self.init(schema: relation["schemaname"]?.text, name: name)
  }
}
