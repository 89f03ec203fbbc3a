internal import ArgumentParser
internal import Platform
internal import Postgres
internal import Wallet

/// `cordon wallet topology activate VERSION --brand N`.
struct DocumentActivateCommand<Kind: DocumentKind>: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "activate", abstract: "Retire the active version and activate a draft, or with --copy a new version of an old document.",
      discussion: """
        The wallet works by it from its next batch on. Exit status 5 when another version is active than --expect says, when the version is \
        no draft, and when money or the other document stands against it; the message names each reason.
        """)
  }

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var target: DocumentArguments
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var change: ChangeOptions

  @Option(help: "The version that must be active now, 0 for none; what this command finds unless it is said.")
  var expect: Int64?

  @Flag(help: "Activate a new version with this one's document: the way back to a retired version.")
  var copy = false

  func run() async throws {
    let act = try operation.documentAct()
    let done = try await DatabaseSession.with(configuration) { database in
      let documents = WalletDocuments(Kind.kind, database: database)
      let active = if let expect { expect } else { try await documents.active(of: target.brand.id)?.version ?? 0 }
      if !change.isDryRun { try change.requireConsent(question(active)) }
      let asked = WalletDocumentActivation(version: target.version, expectedActive: active == 0 ? nil : active, copies: copy)
      return try await documents.activate(asked, of: target.brand.id, by: act, isDryRun: change.isDryRun)
    }
    if change.isDryRun { Terminal.message("it could be activated; nothing was changed") }
    output.print(json: done.json, text: DocumentReport.text(done.version))
  }

  private func question(_ active: Int64) -> String {
    let what = copy ? "a copy of version \(target.version)" : "version \(target.version)"
    let place = active == 0 ? "" : " in place of version \(active)"
    return "Activate \(what) of the \(Kind.kind.rawValue) of brand \(target.brand.id)\(place)?"
  }
}
