internal import ArgumentParser
internal import Platform
internal import Wallet

/// `cordon wallet topology discard VERSION --brand N`.
struct DocumentDiscardCommand<Kind: DocumentKind>: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "discard", abstract: "Retire a draft that nobody wants.", discussion: "Exit status 5 when the version is no draft.")
  }

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var target: DocumentArguments
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var change: ChangeOptions

  func run() async throws {
    let act = try operation.documentAct()
    if !change.isDryRun {
      try change.requireConsent("Discard draft \(target.version) of the \(Kind.kind.rawValue) of brand \(target.brand.id)?")
    }
    let version = try await DatabaseSession.with(configuration) {
      try await WalletDocuments(Kind.kind, database: $0).discard(target.version, of: target.brand.id, by: act, isDryRun: change.isDryRun)
    }
    output.print(json: version.json, text: DocumentReport.text(version))
  }
}
