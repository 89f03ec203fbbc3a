import Composition
import TestSupport
import Testing

/// Money under random kills of the database.
@Suite("Torture", .serialized)
struct DatabaseTortureTests {
  @Test(
    "64 clients, both brands, PostgreSQL killed at random: every acknowledged command is in the ledger once, sums match, nothing crossed")
  func databaseKills() async throws {
    let settings = TortureSettings()
    try await RunningStack.run(durable: settings.isLong) { stack in
      let run = TortureRun(stack: stack, settings: settings)
      let players = try await run.players()
      let kills = try await hammer(run, players)
      let ledger = try await TortureLedger.read(from: stack)
      let findings = TortureChecker(records: run.log.records, ledger: ledger, allowsUnanswered: false).findings()
      let verdict = verdict(run, kills, ledger, findings)
      print(verdict)
      #expect(findings.isEmpty, "\(verdict)")
      #expect(kills >= 3)
      #expect(run.log.records.contains { $0.ambiguous > 0 }, "no kill met a command: the run proves nothing")
      try await expectEventsPublished(stack, accepted: ledger.commands.filter { $0.status < 300 }.count)
      for role in RunningStack.roles {
        try await eventually("\(role) is ready again") { try await stack.client.send("GET", "/ready", at: stack.url(role)).status == 200 }
      }
    }
  }

  private func hammer(_ run: TortureRun, _ players: [StackPlayer]) async throws -> Int {
    let settings = run.settings
    return try await withThrowingTaskGroup(of: Int?.self) { group in
      group.addTask {
        await run.play(clients: TortureSettings.clients, players: players)
        return nil
      }
      group.addTask {
        try await Task.sleep(for: .seconds(settings.seconds))
        run.stop()
        return nil
      }
      group.addTask {
        try await DatabaseKiller(postgres: run.stack.postgres, killsMin: 3)
          .work(seed: settings.seed, shortest: settings.isLong ? 2_000 : 700) { run.isOver }
      }
      // An unanswered command is a finding, not an endless test.
      group.addTask {
        try? await Task.sleep(for: .seconds(settings.seconds + 60))
        run.giveUp()
        return nil
      }
      var kills = 0
      var others = 3
      while let result = try await group.next() {
        if let result { kills = result }
        others -= 1
        if others == 0 { group.cancelAll() }
      }
      return kills
    }
  }

  /// Each accepted command has one event, and the worker gets all of them into the stream.
  private func expectEventsPublished(_ stack: RunningStack, accepted: Int) async throws {
    #expect(try await stack.psql("SELECT count(*) FROM wallet.wallet_outbox") == "\(accepted)")
    try await eventually("every event is published", within: .seconds(60), every: .milliseconds(200)) {
      try await stack.psql("SELECT count(*) FROM wallet.wallet_outbox WHERE published_at IS NULL") == "0"
    }
  }

  private func verdict(_ run: TortureRun, _ kills: Int, _ ledger: TortureLedger, _ findings: [String]) -> String {
    let records = run.log.records
    let doubts = Dictionary(grouping: records.flatMap(\.doubts)) { $0 }.mapValues(\.count).sorted { $0.key < $1.key }
    return """
      torture: seed \(run.settings.seed), \(run.settings.seconds) s, \(TortureSettings.clients) clients, \(kills) kills, \
      \(records.count) commands sent, \(ledger.commands.count) in the ledger, \
      \(ledger.commands.filter { $0.status < 300 }.count) accepted, \(records.filter { $0.ambiguous > 0 }.count) asked again \
      (\(doubts.map { "\($0.key): \($0.value)" }.joined(separator: ", "))), \(findings.count) findings
      \(findings.map { "  " + $0 }.joined(separator: "\n"))
      replay: \(run.settings.replay("database"))
      """
  }
}
