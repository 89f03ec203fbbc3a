internal import ArgumentParser
internal import Kernel
internal import Platform
internal import Wallet

/// `cordon wallet topology draft FILE --brand N`.
struct DocumentDraftCommand<Kind: DocumentKind>: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "draft", abstract: "Write a version as a draft. The wallet goes on as before.",
      discussion: "Exit status 2 when the document isn't usable; the message names each place. A draft asks nothing: discard undoes it.")
  }

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var change: ChangeOptions

  @Option(help: "The brand's number.")
  var brand: BrandArgument

  @Argument(help: "A file with the document, a JSON object; - for standard input.")
  var file: String

  func run() async throws {
    let (document, act) = (try document(), try operation.documentAct())
    let (number, version) = try await DatabaseSession.with(configuration) {
      try await WalletDocuments(Kind.kind, database: $0).draft(document, of: brand.id, by: act, isDryRun: change.isDryRun)
    }
    if change.isDryRun { Terminal.message("would write version \(number)") }
    guard let version else { return output.print(json: ["version": .integer(number)], text: "version \(number)") }
    output.print(json: version.json, text: DocumentReport.text(version))
  }

  private func document() throws -> JSONValue {
    guard let text = TextInput.read(file) else { throw CommandFailure(.notFound, "\(file) can't be read as UTF-8") }
    guard text.utf8.count <= Limits.bodyBytesMax else {
      throw CommandFailure(.usage, "\(file) is longer than the \(Limits.bodyBytesMax) bytes that a document may have")
    }
    do throws(JSONFault) {
      return try JSONDocument.parse(Array(text.utf8))
    } catch {
      throw CommandFailure(.usage, "\(file): \(error.description)")
    }
  }
}
