internal import ArgumentParser
internal import Composition
internal import Game

/// `cordon replay_game_callback_dlq …`: the runbook's tool, with its flags, outputs and exit statuses; what it does is `cordon dlq`'s.
struct ReplayDlqCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay_game_callback_dlq", abstract: "The runbooks' form of cordon dlq.",
    discussion: """
      --list [--provider P] [--status S], --id N --dry-run, --id N, or --abandon --id N --operator-id WHO --reason WHY [--notes N]. It never asks.
      Exit status 3 when a letter is not replayed or not abandoned.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "List dead letters.")
  var list = false

  @Option(help: "With --list: only this provider's.")
  var provider: String?

  @Option(help: "With --list: pending, replayed or abandoned.")
  var status: DeadLetterStatus = .pending

  @Option(help: "The dead letter's number.")
  var id: Int64?

  @Flag(name: .customLong("dry-run"), help: "Only say what would be sent where.")
  var isDryRun = false

  @Flag(help: "Give the letter up.")
  var abandon = false

  @Option(name: .customLong("operator-id"), help: "With --abandon: who does this, as admin_audit keeps it.")
  var operatorID: String?

  @Option(help: "With --abandon: why, as admin_audit keeps it.")
  var reason: String?

  @Option(help: "With --abandon: anything worth knowing, kept on the row alone.")
  var notes: String?

  func run() async throws {
    let work = DlqWork(configuration, output)
    switch (list, abandon, id) {
    case (true, false, nil): try await work.list(status, provider: provider, limit: 10_000)
    case (false, true, let id?): try await work.abandon(id, by: try act(), notes: notes, isDryRun: isDryRun)
    case (false, false, let id?): try await isDryRun ? work.plan(id) : work.replay(id)
    default: throw CommandFailure(.usage, "say --list, --id N, or --abandon --id N --operator-id WHO --reason WHY")
    }
  }

  private func act() throws -> OperatorAct {
    guard let act = OperatorAct(operatorID: operatorID ?? "", reason: reason ?? "") else {
      throw CommandFailure(.usage, "--abandon needs --operator-id and --reason, and both must say something")
    }
    return act
  }
}
