import Composition
import Foundation
import Kernel
import Synchronization
import TestSupport
import Testing

extension DatabaseTortureTests {
  /// What signs is killed while money moves.
  @Suite("The checkpointer", .serialized)
  struct CheckpointerTortureTests {
    @Test(
      "the worker that signs is killed at random under load, 100 times in the long form: no fork, no gap, no unsigned published tile",
      .timeLimit(.minutes(20)))
    func kills() async throws {
      let settings = TortureSettings()
      // The worker of the stack stands still, so that the one that is killed does all the signing.
      try await RunningStack.run(durable: settings.isLong, settings: ["WORKER_ENABLED": "off"]) { stack in
        let worker = try RoleProcess(.walletWorker, stack: stack, port: try FreePort.next(), settings: ["WORKER_ENABLED": "on"])
        do {
          try await torture(stack, worker, settings)
          await worker.kill()
        } catch {
          await worker.kill()
          throw error
        }
      }
    }

    private func torture(_ stack: RunningStack, _ worker: RoleProcess, _ settings: TortureSettings) async throws {
      let run = TortureRun(stack: stack, settings: settings)
      let players = try await run.players()
      let served = ServedCheckpoints()
      let kills = settings.isLong ? 100 : 5
      let early = try await withThrowingTaskGroup(of: Int.self) { group in
        group.addTask {
          await run.play(clients: settings.isLong ? 4 : 16, players: players)
          return 0
        }
        group.addTask {
          try await watch(stack, served) { run.isOver }
          return 0
        }
        group.addTask {
          defer { run.stop() }
          return try await kill(worker, kills, seed: settings.seed)
        }
        do {
          return try await group.reduce(0, +)
        } catch {
          run.giveUp()
          throw error
        }
      }
      try await expectSound(stack, served, kills: kills, early: early, settings)
    }

    /// - Returns: how many were killed before they served.
    private func kill(_ worker: RoleProcess, _ kills: Int, seed: UInt64) async throws -> Int {
      var random = SeededRandom(seed: seed, worker: -1)
      var early = 0
      for _ in 0..<kills {
        // Most die while they sign, some while they begin.
        if random.chance(80) { try await worker.serves() } else { early += 1 }
        try await Task.sleep(for: .milliseconds(random.below(1_600)))
        await worker.kill()
        try worker.startAgain()
      }
      try await worker.serves()
      return early
    }

    /// Asks as a caller does, and looks in one snapshot of the database for tiles that no checkpoint covers.
    private func watch(_ stack: RunningStack, _ served: ServedCheckpoints, until isOver: @Sendable () -> Bool) async throws {
      while !isOver() {
        for brand in stack.brands {
          let reply = try await stack.client.send(
            "GET", "/internal/wallet/log/checkpoint", at: stack.url(.walletService), headers: stack.headers(of: .admin, brand))
          if reply.status == 200 { served.add(reply.text, of: brand.id) }
        }
        #expect(try await uncovered(stack) == "0")
        try await Task.sleep(for: .milliseconds(50))
      }
    }

    private func uncovered(_ stack: RunningStack) async throws -> String {
      // brand-global: test: every brand's tiles
      try await stack.psql(
        """
        SELECT count(*) FROM evidence.log_tile AS t
        WHERE (t.tile_index + 1) * (256::numeric ^ (t.level + 1)) > coalesce((SELECT max(c.tree_size) FROM evidence.log_checkpoint AS c
          WHERE c.brand_id = t.brand_id AND c.ledger = t.ledger), 0)
        """)
    }

    private func expectSound(
      _ stack: RunningStack, _ served: ServedCheckpoints, kills: Int, early: Int, _ settings: TortureSettings
    ) async throws {
      // No gap: everything is signed in the end, although the worker died so often.
      // brand-global: test: every brand's logs
      try await eventually("the last entries are signed", within: .seconds(60)) {
        try await stack.psql(
          """
          SELECT count(*) FROM wallet.wallet_chain AS h WHERE h.seq > 0 AND h.seq <> coalesce((SELECT max(c.tree_size)
            FROM evidence.log_checkpoint AS c WHERE c.brand_id = h.brand_id AND c.ledger = 'wallet_ledger'), 0)
          """) == "0"
      }
      // No fork: what was served is what is kept, and all that is kept is of one history.
      let brands = stack.brands.map(\.id)
      for brand in brands {
        let kept = try await stack.psql(
          """
          SELECT replace(convert_from(note, 'UTF8'), E'\\n', ' ') FROM evidence.log_checkpoint
          WHERE brand_id = \(brand) AND ledger = 'wallet_ledger' ORDER BY tree_size
          """
        ).split(separator: "\n").map(String.init)
        let positions = served.notes(of: brand).map { note in kept.firstIndex(of: note.replacing("\n", with: " ")) }
        #expect(!positions.contains(nil), "a note was served that isn't kept")
        #expect(positions.compactMap { $0 } == positions.compactMap { $0 }.sorted(), "an older note was served after a newer one")
        #expect(positions.count > (settings.isLong ? 20 : 1), "too few checkpoints were seen: the run proves nothing")
      }
      let program = CordonProgram(environment: ["CORDON_ENV": "local"])
      let check = try await program.run("evidence", "check", "--config", stack.configurationFile)
      #expect(check.status == 0, "\(check.output)\(check.messages)")
      let counts = try await stack.psql("SELECT (SELECT sum(seq) FROM wallet.wallet_chain), (SELECT count(*) FROM evidence.log_checkpoint)")
      print("torture checkpointer: seed \(settings.seed), \(kills) kills, \(early) before it served; entries | checkpoints: \(counts)")
    }
  }
}
