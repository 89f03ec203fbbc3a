internal import ArgumentParser
internal import Platform
internal import Wallet

/// `cordon wallet topology show [VERSION] --brand N`.
struct DocumentShowCommand<Kind: DocumentKind>: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "show", abstract: "Show a version with its document, the active one unless it is said.")
  }

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The brand's number.")
  var brand: BrandArgument

  @Argument(help: "The version's number.")
  var version: Int64?

  @Flag(help: "Only the document, as draft reads it.")
  var document = false

  func run() async throws {
    let found = try await DatabaseSession.with(configuration) { database in
      let documents = WalletDocuments(Kind.kind, database: database)
      if let version { return try await documents.version(version, of: brand.id) }
      guard let active = try await documents.active(of: brand.id) else {
        throw CommandFailure(.notFound, "brand \(brand.id) has no active \(Kind.kind.rawValue)")
      }
      return active
    }
    if document { return Terminal.data(JSONWriter.text(of: found.document)) }
    output.print(json: found.json, text: DocumentReport.text(found))
  }
}
