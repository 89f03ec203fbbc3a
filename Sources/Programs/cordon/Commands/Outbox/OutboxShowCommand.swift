internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon outbox show EVENT --table T --brand N`.
struct OutboxShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one event with its payload.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var target: OutboxArguments

  func run() async throws {
    let event = try target.eventID()
    let letter = try await DatabaseSession.with(configuration) {
      try await OutboxOperations(target.table, database: $0).find(event, brand: target.brand.id)
    }
    output.print(json: OutboxReport.json(letter), text: OutboxReport.text(letter))
  }
}
