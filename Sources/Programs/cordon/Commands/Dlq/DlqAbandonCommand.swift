internal import ArgumentParser

/// `cordon dlq abandon --id N --operator-id WHO --reason WHY` (S0-DLQ-10…13).
struct DlqAbandonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "abandon", abstract: "Give a dead letter up: its money is lost for good.",
    discussion: "The row and its row of admin_audit are one transaction. Exit status 3 when the letter stays as it was.")

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var operation: OperatorOptions
  @OptionGroup var change: ChangeOptions

  @Option(help: "The dead letter's number.")
  var id: Int64

  @Option(help: "Anything worth knowing, kept on the row and not in the audit.")
  var notes: String?

  func run() async throws {
    let act = try operation.act()
    if !change.isDryRun { try change.requireConsent("Abandon dead letter \(id)? Its money is lost for good.") }
    try await DlqWork(configuration, output).abandon(id, by: act, notes: notes, isDryRun: change.isDryRun)
  }
}
