internal import ArgumentParser
internal import Composition
internal import Platform

/// `cordon outbox republish EVENT --table T --brand N`.
struct OutboxRepublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "republish", abstract: "Let a dead letter go out, under the same event_id.",
    discussion: "Exit status 5 when its payload is still unusable, when it waits already, and when the stream has it.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var target: OutboxArguments
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var change: ChangeOptions

  func run() async throws {
    let (event, act) = (try target.eventID(), try operation.act())
    if !change.isDryRun { try change.requireConsent("Republish event \(event) of brand \(target.brand.id)?") }
    let letter = try await DatabaseSession.writing(configuration) {
      try await OutboxOperations(target.table, database: $0)
        .republish(event, brand: target.brand.id, by: act, isDryRun: change.isDryRun)
    }
    output.print(json: OutboxReport.json(letter), text: OutboxReport.text(letter))
  }
}
