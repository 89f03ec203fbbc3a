internal import ArgumentParser

/// `cordon dlq replay --id N` and `cordon dlq replay --all` (S0-DLQ-07…09).
struct DlqReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Run a dead letter's callback again, without asking for its signature.",
    discussion: """
      game_service tells the effect before it does anything: applies, duplicate, conflict, other_brand, unresolved, unreadable. Only the first two are \
      replayed. The wallet remembers the provider's id, so that no replay moves money twice. Exit status 3 when a letter stays pending.

      With --all, a letter after the other, the oldest first; Ctrl-C ends it after the current one, and so does a game_service that can't answer.
      """)

  @OptionGroup var configuration: ConfigurationOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var change: ChangeOptions

  @Option(help: "The dead letter's number.")
  var id: Int64?

  @Flag(help: "Ask game_service what the replay would do, and do nothing.")
  var predict = false

  @Flag(help: "Every pending letter of --provider.")
  var all = false

  @Option(help: "With --all: this provider's.")
  var provider: String?

  @Option(help: "With --all: how many at most, 1 to 10000.")
  var max = 100

  @Option(name: .customLong("per-second"), help: "With --all: how many in a second at most, 1 to 100.")
  var perSecond = 5

  func run() async throws {
    let work = DlqWork(configuration, output)
    switch (id, all) {
    case (let id?, false):
      guard provider == nil else { throw CommandFailure(.usage, "--provider goes with --all") }
      if change.isDryRun { return try await work.plan(id) }
      if predict { return try await work.predict(id) }
      try await work.replay(id)
    case (nil, true):
      try await replayAll(work)
    default:
      throw CommandFailure(.usage, "say --id N, or --all --provider P")
    }
  }

  private func replayAll(_ work: DlqWork) async throws {
    guard let provider else { throw CommandFailure(.usage, "--all needs --provider") }
    guard 1...10_000 ~= max, 1...100 ~= perSecond else { throw CommandFailure(.usage, "--max is 1 to 10000, --per-second 1 to 100") }
    let letters = try await work.pending(provider: provider, limit: max)
    if change.isDryRun || predict { return try await work.planAll(letters, asking: predict && !change.isDryRun) }
    if !letters.isEmpty { try change.requireConsent("Replay \(letters.count) dead letters of \(provider)?") }
    try await work.replayAll(letters, perSecond: perSecond)
  }
}
