import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

extension DatabaseTortureTests {
  /// A real process that is told to stop while clients play.
  @Suite("Stop under load", .serialized)
  struct StopTortureTests {
    private static let clients = 32

    @Test(
      "S4-STOP-01 S4-STOP-02 S4-STOP-04 SIGTERM under load: not ready at once, new writes get 503, status 0, and every acknowledged command is in the ledger"
    )
    func stop() async throws {
      let settings = TortureSettings()
      try await RunningStack.run(settings: ["CORDON_DRAIN_SECONDS": "2"]) { stack in
        let run = TortureRun(stack: stack, settings: settings)
        let players = try await run.players()
        let probe = players[0]
        let status = try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { await run.play(clients: Self.clients, players: players) }
          try await eventually("the load runs") { run.log.records.count > Self.clients * 4 }
          stack.program.signal(SIGTERM)
          try await self.expectDraining(stack, probe)
          let status = await stack.program.status()
          run.giveUp()
          try await group.waitForAll()
          return status
        }
        #expect(status == 0)
        #expect(stack.log.contains(#""stopped""#) && !stack.log.contains("stop forced"))
        let ledger = try await TortureLedger.read(from: stack)
        let findings = TortureChecker(records: run.log.records, ledger: ledger, allowsUnanswered: true).findings()
        #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))\nreplay: \(settings.replay("stop"))")
        #expect(ledger.commands.allSatisfy { $0.key != "probe" })
        #expect(run.log.records.contains { $0.doubts.contains("503 draining") }, "no command met the drain: the run proves nothing")
      }
    }

    @Test(
      "S4-STOP-05 while a stop waits, SIGUSR1 writes down for what, at the gateway and behind it, and the process ends well all the same")
    func askedWhileDraining() async throws {
      let directory = "/tmp/cordon-diagnostics-\(UUID().uuidString.prefix(8))"
      defer { try? FileManager.default.removeItem(atPath: directory) }
      let settings = ["CORDON_DRAIN_SECONDS": "0", "CORDON_SHUTDOWN_SECONDS": "60", "CORDON_DIAGNOSTICS_DIR": directory]
      try await RunningStack.run(settings: settings) { stack in
        let text = try await held("cordon.player", stack) {
          _ = try await stack.client.send(
            "POST", "/v1/players", at: stack.url(.gateway), host: stack.brands[0].host,
            body: RegistrationBody(account: "held", password: "correct horse battery staple"))
        } whileHeld: {
          stack.program.signal(SIGTERM)
          try await eventually("the stack drains") { stack.log.contains(#""message":"draining""#) }
          stack.program.signal(SIGUSR1)
          return try await eventually("the state is written down") { self.file("cordon-state-", in: directory) }
        }
        for part in [
          #""event":"requested""#, #""draining":true"#, #""service":"gateway""#, #""service":"player_service""#, #""path":"/v1/players""#,
          #""gateway server""#, #""player_service database""#,
        ] {
          #expect(text.contains(part), "\(part) in \(text)")
        }
        #expect(await stack.program.status() == 0)
        #expect(file("cordon-stop-", in: directory) == nil)
      }
    }

    @Test("S4-STOP-06 a stop that waits for a stuck request is forced at its time limit, with status 1 and one file that names the request")
    func forced() async throws {
      let directory = "/tmp/cordon-diagnostics-\(UUID().uuidString.prefix(8))"
      defer { try? FileManager.default.removeItem(atPath: directory) }
      let settings = ["CORDON_DRAIN_SECONDS": "0", "CORDON_SHUTDOWN_SECONDS": "2", "CORDON_DIAGNOSTICS_DIR": directory]
      try await RunningStack.run(settings: settings) { stack in
        let player = try await stack.player("stuck", on: stack.brands[0])
        let (status, time) = try await held("wallet.wallet_balance", stack) {
          _ = try await stack.client.send(
            "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "stuck",
            body: WalletDepositBody(player: player.id, amount: 100, currency: player.brand.currency),
            headers: stack.headers(of: .admin, player.brand))
        } whileHeld: {
          let begun = ContinuousClock.now
          stack.program.signal(SIGTERM)
          let status = await stack.program.status()
          return (status, ContinuousClock.now - begun)
        }
        #expect(status == 1)
        #expect(time >= .seconds(2) && time < .seconds(4), "\(time)")
        let text = try #require(file("cordon-stop-", in: directory))
        for part in ["forced_stop", "/internal/wallet/deposit", #""service":"wallet_service""#, "wallet_service server"] {
          #expect(text.contains(part), "\(part) in \(text)")
        }
      }
    }

    /// Runs `request` against a table that somebody else has locked; whether it is answered in the end doesn't matter.
    private func held<Value: Sendable>(
      _ table: String, _ stack: RunningStack, _ request: @escaping @Sendable () async throws -> Void,
      whileHeld body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { _ = try? await stack.psql("LOCK TABLE \(table) IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(60)") }
        let locks = "SELECT count(*) FROM pg_locks WHERE relation = '\(table)'::regclass AND"
        try await eventually("the table is locked") {
          try await stack.psql("\(locks) granted AND mode = 'AccessExclusiveLock'") == "1"
        }
        group.addTask { try? await request() }
        try await eventually("the request waits") { try await stack.psql("\(locks) NOT granted") != "0" }
        let value = try await body()
        try await stack.psql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LOCK TABLE%' AND pid <> pg_backend_pid()")
        return value
      }
    }

    /// The text of the only file in the folder whose name begins so.
    private func file(_ prefix: String, in folder: String) -> String? {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let found = names.filter { $0.hasPrefix(prefix) }
      guard found.count == 1, let text = try? String(contentsOfFile: "\(folder)/\(found[0])", encoding: .utf8), text.hasSuffix("\n") else {
        return nil
      }
      return text
    }

    private func expectDraining(_ stack: RunningStack, _ player: StackPlayer) async throws {
      try await eventually("the wallet says that it drains", within: .seconds(2)) {
        try await stack.client.send("GET", "/ready", at: stack.url(.walletService)).status == 503
      }
      #expect(try await stack.client.send("GET", "/health", at: stack.url(.walletService)).status == 200)
      let write = try await stack.client.send(
        "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "probe",
        body: WalletDepositBody(player: player.id, amount: 100, currency: player.brand.currency),
        headers: stack.headers(of: .admin, player.brand))
      #expect(write.summary == "503 draining")
    }
  }
}
