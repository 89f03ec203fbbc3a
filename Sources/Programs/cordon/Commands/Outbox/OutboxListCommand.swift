internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon outbox list --table T [--brand N] [--state S]`.
struct OutboxListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List events of an outbox, the dead letters unless it is said.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "The outbox: wallet or player.")
  var table: OutboxTable

  @Option(help: "Only this brand's.")
  var brand: BrandArgument?

  @Option(help: "waiting, dead or published.")
  var state: OutboxLetter.State = .dead

  func run() async throws {
    let letters = try await DatabaseSession.with(configuration) {
      try await OutboxOperations(table, database: $0).list(state, brand: brand?.id)
    }
    output.print(json: .array(letters.map(OutboxReport.json)), text: OutboxReport.text(letters))
  }
}
