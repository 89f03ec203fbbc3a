internal import ArgumentParser
internal import Composition
internal import Kernel
internal import Platform

/// `cordon brand config revert` (S0-RB-13).
struct BrandConfigRevertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revert", abstract: "Restore the value that an audited write of brand_config replaced; itself audited.",
    discussion: "The number is admin_audit.audit_id of the bad write. Exit status 4 unless it is about this brand's configuration.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions

  @Argument(help: "audit_id of the write to take back.")
  var audit: Int64

  @Option(help: "The brand's number.")
  var brand: BrandArgument

  func run() async throws {
    let act = try operation.act()
    let key = try await DatabaseSession.writing(configuration) { database in
      try await ConfigurationOperations(database: database).revert(audit, brand: brand.id, by: act)
    }
    output.print(
      json: ["brand_id": .string("\(brand.id)"), "key": .string(key)],
      text: "\(key) of brand \(brand.id) is as it was before audit row \(audit)")
  }
}
