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
      let verdict = TortureVerdict(name: "database", run: run, harm: "\(kills) kills", ledger: ledger, findings: findings)
      print(verdict)
      #expect(findings.isEmpty, "\(verdict)")
      #expect(kills >= 3)
      #expect(run.log.records.contains { $0.ambiguous > 0 }, "no kill met a command: the run proves nothing")
      try await stack.expectRecovered()
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
}
