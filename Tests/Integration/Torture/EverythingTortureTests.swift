import Composition
import Foundation
import Kernel
import TestSupport
import Testing

extension DatabaseTortureTests {
  /// All harm at once: nothing that was acknowledged is lost, nothing is applied twice, and whatever was in doubt is settled by asking again.
  @Suite("Everything at once", .serialized)
  struct EverythingTortureTests {
    @Test(
      "64 clients, two wallets, both brands: the wallet and PostgreSQL killed, Redis killed, frozen and flushed, connections cut at random bytes"
    )
    func everything() async throws {
      let settings = TortureSettings(smokeSeconds: 5)
      let port = try FreePort.next()
      let proxy = try CuttingProxy(upstream: port, seed: settings.seed)
      defer { proxy.stop() }
      let proxied = "http://127.0.0.1:\(proxy.port)"
      // The gateway reaches the wallet that is killed, through the proxy that cuts.
      try await RunningStack.run(durable: settings.isLong, settings: ["CORDON_WALLET_SERVICE_URL": proxied]) { stack in
        let wallet = try RoleProcess(.walletService, stack: stack, port: port)
        do {
          try await wallet.serves()
          let run = TortureRun(stack: stack, settings: settings, wallets: [proxied, proxied, stack.url(.walletService)])
          try await torture(run, wallet, proxy)
          await wallet.kill()
        } catch {
          await wallet.kill()
          throw error
        }
      }
    }

    private func torture(_ run: TortureRun, _ wallet: RoleProcess, _ proxy: CuttingProxy) async throws {
      let tally = TortureTally()
      try await hammer(run, TortureHarm(run: run, wallet: wallet, tally: tally, shortest: run.settings.isLong ? 700 : 500))
      let ledger = try await TortureLedger.read(from: run.stack)
      let findings = TortureChecker(records: run.log.records, ledger: ledger, allowsUnanswered: false).findings()
      let cuts = proxy.cuts
      let verdict = TortureVerdict(
        name: "everything", run: run,
        harm: "\(tally.text), connections cut in requests \(cuts.requests), in answers \(cuts.answers)", ledger: ledger, findings: findings)
      print(verdict)
      #expect(findings.isEmpty, "\(verdict)")
      #expect(cuts.requests > 0 && cuts.answers > 0)
      #expect(
        run.log.records.contains { $0.doubts.contains("no answer") && !$0.answers.isEmpty }, "nothing was in doubt: the run proves nothing")
      #expect(!run.stack.program.hasEnded)
      try await run.stack.expectRecovered()
      try await expectPlantedFaultsFound(run)
    }

    /// The reading of the ledger, too, sees what is wrong with it: not only a checker of made-up values.
    private func expectPlantedFaultsFound(_ run: TortureRun) async throws {
      let (brand, other) = (run.stack.brands[0].id, run.stack.brands[1].id)
      // brand-global: test: faults that the check must find
      try await run.stack.psql(
        """
        ALTER TABLE wallet.wallet_outbox DISABLE TRIGGER ALL;
        ALTER TABLE wallet.wallet_ledger DISABLE TRIGGER ALL;
        DELETE FROM wallet.wallet_outbox WHERE event_id = (SELECT min(event_id::text)::uuid FROM wallet.wallet_outbox);
        UPDATE wallet.wallet_ledger SET prev_hash = decode(repeat('ab', 32), 'hex') WHERE brand_id = \(brand) AND seq = 2;
        UPDATE wallet.wallet_ledger SET brand_id = \(other), seq = (SELECT max(seq) + 1 FROM wallet.wallet_ledger WHERE brand_id = \(other))
        WHERE brand_id = \(brand) AND seq = 3
        """)
      let ledger = try await TortureLedger.read(from: run.stack)
      let found = TortureChecker(records: run.log.records, ledger: ledger, allowsUnanswered: false).findings().joined(separator: "\n")
      for fault in [
        "was accepted and has 0 events", "entry 2 doesn't link", "entry 2 isn't what its row_hash says", "entry 4 comes after 2",
        "which the brand doesn't have",
      ] {
        #expect(found.contains(fault), "\(fault) was planted and not found: \(found)")
      }
    }

    private func hammer(_ run: TortureRun, _ harm: TortureHarm) async throws {
      let settings = run.settings
      let players = try await run.players()
      try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask {
          await run.play(clients: TortureSettings.clients, players: players)
          return true
        }
        group.addTask {
          try await harm.killDatabase()
          return true
        }
        group.addTask {
          try await harm.killWallet()
          return true
        }
        group.addTask {
          try await harm.harmRedis()
          return true
        }
        group.addTask {
          try await Task.sleep(for: .seconds(settings.seconds))
          while !isEnough(harm.tally, settings) { try await Task.sleep(for: .milliseconds(100)) }
          run.stop()
          return true
        }
        // An unanswered command is a finding, not an endless test.
        group.addTask {
          try? await Task.sleep(for: .seconds(settings.isLong ? max(settings.seconds, 600) : settings.seconds + 60))
          run.giveUp()
          return false
        }
        var others = 5
        do {
          while let result = try await group.next() {
            if result { others -= 1 }
            if others == 0 { group.cancelAll() }
          }
        } catch {
          run.giveUp()
          group.cancelAll()
          throw error
        }
      }
    }

    private func isEnough(_ tally: TortureTally, _ settings: TortureSettings) -> Bool {
      [.databaseKilled, .walletKilled].allSatisfy { tally[$0] >= settings.killsMin }
        && [.redisKilled, .redisFrozen, .redisFlushed].allSatisfy { tally[$0] >= settings.redisHarmsMin }
    }
  }
}
