internal import ArgumentParser
internal import Platform
internal import Postgres

/// `cordon db inventory` (S0-MIG-02).
struct DbInventoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inventory", abstract: "List every brand-scoped table with what protects it, from the live catalog.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let tables = try await DatabaseSession.with(configuration) { try await BrandTableStore(database: $0).tables() }
    output.print(json: json(tables), text: text(tables))
  }

  private func text(_ tables: [BrandTable]) -> String {
    var table = TextTable("TABLE", "BRAND", "KEY", "ROW SECURITY")
    for entry in tables {
      table.add(
        entry.name, entry.isBrandOptional ? "optional" : "required", entry.isBrandFirstInKey ? "brand first" : "other",
        entry.isForced ? "forced" : "NOT FORCED")
    }
    return table.text
  }

  private func json(_ tables: [BrandTable]) -> JSONValue {
    .array(
      tables.map { table in
        [
          "table": .string(table.name), "brand_id_nullable": .boolean(table.isBrandOptional),
          "brand_id_leads_primary_key": .boolean(table.isBrandFirstInKey), "row_security_forced": .boolean(table.isForced),
        ]
      })
  }
}
