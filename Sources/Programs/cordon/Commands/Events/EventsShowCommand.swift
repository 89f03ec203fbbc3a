internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon events show NUMBER`.
struct EventsShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one system event.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The event's event_id.")
  var event: Int64

  func run() async throws {
    let record = try await DatabaseSession.with(configuration) { try await EventOperations(database: $0).find(event) }
    output.print(json: EventsReport.json(record), text: EventsReport.text(record))
  }
}
