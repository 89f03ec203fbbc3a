internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon outbox repair EVENT --table T --brand N --payload FILE`.
struct OutboxRepairCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair", abstract: "Give a dead letter a payload that can be published. It stays a dead letter until it is republished.",
    discussion: "The old payload is kept in admin_audit, in the same transaction.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var target: OutboxArguments
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var change: ChangeOptions

  @Option(help: "A file with the payload, a JSON object; - for standard input.")
  var payload: String

  func run() async throws {
    let (event, act) = (try target.eventID(), try operation.act())
    guard let text = TextInput.read(payload) else { throw CommandFailure(.notFound, "\(payload) can't be read as UTF-8") }
    if !change.isDryRun { try change.requireConsent("Replace the payload of event \(event) of brand \(target.brand.id)?") }
    let letter = try await DatabaseSession.writing(configuration) {
      try await OutboxOperations(target.table, database: $0)
        .repair(event, brand: target.brand.id, payload: text, by: act, isDryRun: change.isDryRun)
    }
    output.print(json: OutboxReport.json(letter), text: OutboxReport.text(letter))
  }
}
