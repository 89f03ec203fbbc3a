internal import ArgumentParser
internal import Platform
internal import Wallet

/// `cordon wallet topology list --brand N`.
struct DocumentListCommand<Kind: DocumentKind>: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "list", abstract: "List a brand's versions, newest first.")
  }

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The brand's number.")
  var brand: BrandArgument

  @Option(help: "At most so many.")
  var limit = 100

  @Option(help: "Only versions below this one.")
  var before: Int64?

  func validate() throws {
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit is from 1 to 10000") }
  }

  func run() async throws {
    let versions = try await DatabaseSession.with(configuration) {
      try await WalletDocuments(Kind.kind, database: $0).versions(of: brand.id, before: before, limit: limit)
    }
    output.print(json: .array(versions.map(\.summary)), text: DocumentReport.text(versions))
  }
}
