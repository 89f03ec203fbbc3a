/// The tables that belong to brands. Its one source is the schema that the migrations add up to.
package struct BrandInventory: Sendable {
  /// Aggregates of the whole platform (S0-CLS-07): truly without a brand, whatever a schema says of them.
  package static let brandGlobalTables: Set<String> = ["admin_stat_acc", "admin_stat_day"]
  /// Tables whose rows may be without a brand for a while (S0-CLS-08).
  package static let brandNullableByDesign: Set<String> = ["shooter_sms"]
  static let searchPath = ["cordon", "public"]
  static let brandColumn = "brand_id"
  private static let catalogues: Set<String> = ["pg_catalog", "information_schema"]

  private(set) var tables: [TableName: TableShape]
  /// Columns of unique and primary keys by their name: what `ON CONFLICT ON CONSTRAINT` leans on.
  private(set) var keys: [String: Set<String>]

  package init(tables: [TableName: TableShape], keys: [String: Set<String>] = [:]) {
    self.tables = tables
    self.keys = keys
  }

  /// The brand-scoped ones without views, sorted: what `cordon.v_brand_scoped_table` lists.
  package var brandScopedTables: [TableName] { brandScoped.filter { tables[$0]?.isView == false } }

  /// The brand-scoped ones, views too, sorted.
  package var brandScoped: [TableName] { tables.filter { $0.value.reach == .brandScoped }.map(\.key).sorted() }

  /// What a name stands for. A table that nobody has described is taken for a brand's: ties go to FIX (S0-CLS-04).
  func shape(of table: TableName) -> TableShape {
    if Self.brandGlobalTables.contains(table.name) { return TableShape(reach: .unrelated, columns: nil) }
    if isCatalogue(table) { return TableShape(reach: .unrelated, columns: nil) }
    return known(table) ?? TableShape(reach: .brandScoped, columns: nil)
  }

  func isNullableByDesign(_ table: TableName) -> Bool { Self.brandNullableByDesign.contains(table.name) }

  /// The tables of `other` too; those that are here already stay as they are.
  func adding(_ other: BrandInventory) -> BrandInventory {
    BrandInventory(tables: tables.merging(other.tables) { own, _ in own }, keys: keys.merging(other.keys) { own, _ in own })
  }

  func knows(_ table: TableName) -> Bool { isCatalogue(table) || known(table) != nil }

  private func isCatalogue(_ table: TableName) -> Bool {
    if let schema = table.schema { return Self.catalogues.contains(schema) }
    return table.name.hasPrefix("pg_") && known(table) == nil
  }

  private func known(_ table: TableName) -> TableShape? {
    if table.schema != nil { return tables[table] }
    for schema in Self.searchPath {
      if let shape = tables[TableName(schema: schema, name: table.name)] { return shape }
    }
    if let shape = tables[table] { return shape }
    // A search path of its own may lead anywhere: a brand's table of that name in any schema counts.
    let others = tables.filter { $0.key.name == table.name }
    return others.values.first { $0.reach == .brandScoped } ?? others.values.first
  }
}
