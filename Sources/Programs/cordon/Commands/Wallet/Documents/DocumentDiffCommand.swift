internal import ArgumentParser
internal import Platform
internal import Wallet

/// `cordon wallet topology diff VERSION [--from V] --brand N`.
struct DocumentDiffCommand<Kind: DocumentKind>: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "diff", abstract: "Show what a version has that another, or the active one, has not.")
  }

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var target: DocumentArguments

  @Option(help: "The version to compare with; the active one unless it is said.")
  var from: Int64?

  func run() async throws {
    let difference = try await DatabaseSession.with(configuration) {
      try await WalletDocuments(Kind.kind, database: $0).difference(from: from, to: target.version, of: target.brand.id)
    }
    output.print(json: difference.json, text: DocumentReport.text(difference))
  }
}
