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
