internal import ArgumentParser
internal import Kernel
internal import Platform
internal import Postgres

/// `cordon brand list`.
struct BrandListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the brands.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let brands = try await DatabaseSession.with(configuration) { try await BrandCatalog(database: $0).all() }
    output.print(json: json(brands), text: text(brands))
  }

  private func text(_ brands: [Brand]) -> String {
    var table = TextTable("ID", "CODE", "STATUS", "CURRENCY")
    for brand in brands { table.add("\(brand.id)", "\(brand.code)", brand.status.rawValue, "\(brand.currency)") }
    return table.text
  }

  private func json(_ brands: [Brand]) -> JSONValue {
    .array(
      brands.map { brand in
        [
          "brand_id": .number("\(brand.id)"), "brand_code": .string("\(brand.code)"), "status": .string(brand.status.rawValue),
          "default_currency": .string("\(brand.currency)"),
        ]
      })
  }
}
