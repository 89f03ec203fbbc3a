internal import ArgumentParser
internal import Audit
internal import Composition
internal import Kernel
internal import Platform

/// `cordon events list` (S4-INT-03).
struct EventsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List system events, newest first.",
    discussion: "An answer's request_id leads to its event: --request-id. An event is there about a second after its answer.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "Only this brand's; every brand's, and what has no brand, without it.")
  var brand: BrandArgument?

  @Option(name: .customLong("request-id"), help: "Only events of this request.")
  var requestID: String?

  @Option(help: "Only this kind: \(SystemEventKind.allCases.map(\.rawValue).joined(separator: ", ")).")
  var kind: SystemEventKind?

  @Option(help: "Only refusals for this reason.")
  var reason: String?

  @Option(help: "Only what happened from then on, such as 2026-11-25T12:00:00Z.")
  var since: String?

  @Option(help: "How many at most.")
  var limit = 100

  func validate() throws {
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit is from 1 to 10000") }
  }

  func run() async throws {
    let filter = SystemEventFilter(kind: kind, reason: reason, requestID: requestID, since: try moment())
    let events = try await DatabaseSession.with(configuration) {
      try await EventOperations(database: $0).list(filter, brand: brand?.id, limit: limit)
    }
    output.print(json: .array(events.map(EventsReport.json)), text: EventsReport.text(events))
  }

  private func moment() throws -> Timestamp? {
    guard let since else { return nil }
    guard let moment = Timestamp(text: since) else { throw CommandFailure(.usage, "'\(since)' is no time such as 2026-11-25T12:00:00Z") }
    return moment
  }
}

extension SystemEventKind: ExpressibleByArgument {}
