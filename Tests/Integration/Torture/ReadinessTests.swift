import Composition
import Contracts
import Foundation
import Kernel
import Platform
import TestSupport
import Testing

extension DatabaseTortureTests {
  /// What the probes of every role say while things beneath them fail.
  @Suite("Readiness of a running stack", .serialized)
  struct ReadinessTests {
    @Test(
      "S0-SVC-02 S4-READY-01 S4-READY-02 S4-READY-03 S4-READY-07 without PostgreSQL every role lives, says its mode, and names the failed check"
    )
    func databaseStopped() async throws {
      try await RunningStack.run { stack in
        for role in RunningStack.roles { try await expectReady(role, stack) }
        await stack.postgres.stopForRestart()
        for role in RunningStack.roles {
          let health = try await stack.client.send("GET", "/health", at: stack.url(role))
          #expect(health.status == 200 && health.text.contains(#""enforcement_mode":"enforce""#), "\(role)")
          let ready = try await stack.client.send("GET", "/ready", at: stack.url(role))
          #expect(ready.status == 503, "\(role)")
          let checks = try checks(of: ready)
          #expect(checks["database"] == "fail" && checks["redis"] == "pass" && checks["drain"] == "pass", "\(role): \(checks)")
        }
        try await stack.postgres.startAgain()
        for role in RunningStack.roles { try await expectReady(role, stack) }
      }
    }

    @Test("S0-SVC-03 S4-READY-06 a worker whose stream is blocked is alive and not ready, brand by brand; it catches up by itself")
    func blockedWorker() async throws {
      try await RunningStack.run(durable: true) { stack in
        await stack.redis.stopForRestart()
        for brand in stack.brands { try await leaveBacklog(brand, stack) }
        let failed: String = try await eventually("the worker is not ready") {
          let reply = try await stack.client.send("GET", "/ready", at: stack.url(.walletWorker))
          let check = try reply.decode(ReadinessBody.self).checks.first { $0.name.hasSuffix("_progress") && $0.status == "fail" }
          let detail = check?.detail ?? ""
          return reply.status == 503 && stack.brands.allSatisfy { detail.contains($0.code) } ? detail : nil
        }
        #expect(!failed.isEmpty)
        #expect(try await stack.client.send("GET", "/health", at: stack.url(.walletWorker)).status == 200)
        try await stack.redis.startAgain()
        try await expectReady(.walletWorker, stack)
        #expect(try await stack.psql("SELECT count(*) FROM wallet.wallet_outbox WHERE published_at IS NULL") == "0")
      }
    }

    @Test("S4-START-05 S4-READY-05 another schema head refuses the start with both numbers; a wallet without its signing key is not ready")
    func startsThatFail() async throws {
      try await RunningStack.run { stack in
        let head = try await stack.psql("SELECT max(version) FROM cordon.schema_migrations")
        let refused = try wallet(stack, ["EXPECTED_MIGRATION_HEAD": "999"]).start(
          "serve", "wallet_service", "--config", stack.configurationFile)
        #expect(await refused.status() != 0)
        #expect(refused.messages.contains("expected 999, actual \(head)"), "\(refused.messages)")

        let port = try FreePort.next()
        let file = "\(stack.configurationFile).unsigned"
        let lines = try String(contentsOfFile: stack.configurationFile, encoding: .utf8).components(separatedBy: "\n")
        try lines.filter { !$0.hasPrefix("BRAND_SIGNING_KEY=") }.joined(separator: "\n").write(
          toFile: file, atomically: true, encoding: .utf8)
        let unsigned = try wallet(stack, ["SIGNING_REQUIRED": "on", "CORDON_WALLET_SERVICE_PORT": "\(port)"])
          .start("serve", "wallet_service", "--config", file)
        let checks: [String: String] = try await eventually("the wallet answers") {
          guard let reply = try? await stack.client.send("GET", "/ready", at: "http://127.0.0.1:\(port)"), reply.status == 503 else {
            return nil
          }
          return try self.checks(of: reply)
        }
        #expect(checks.filter { $0.value == "fail" }.map(\.key) == ["signing"], "\(checks)")
        unsigned.signal(SIGTERM)
        #expect(await unsigned.status() == 0)
      }
    }

    private func wallet(_ stack: RunningStack, _ environment: [String: String]) -> CordonProgram {
      CordonProgram(environment: ["CORDON_ENV": "local", "CORDON_DRAIN_SECONDS": "0"].merging(environment) { $1 })
    }

    private func checks(of reply: StackReply) throws -> [String: String] {
      try reply.decode(ReadinessBody.self).checks.reduce(into: [:]) { $0[$1.name] = $1.status }
    }

    private func expectReady(_ role: ServiceRole, _ stack: RunningStack) async throws {
      try await eventually("\(role) is ready") { try await stack.client.send("GET", "/ready", at: stack.url(role)).status == 200 }
    }

    /// An event that can't be published, and has waited for longer than the worker's budget.
    private func leaveBacklog(_ brand: StackBrand, _ stack: RunningStack) async throws {
      let player = try await stack.psql(
        """
        INSERT INTO cordon.player (brand_id, account, account_key, password_hash) VALUES (\(brand.id), 'backlog', 'backlog', 'none') RETURNING player_id
        """)
      let deposit = try await stack.client.send(
        "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(brand.code):backlog",
        body: WalletDepositBody(player: Int64(player) ?? 0, amount: 100, currency: brand.currency),
        headers: stack.headers(of: .admin, brand))
      #expect(deposit.summary == "201")
      try await stack.psql("UPDATE wallet.wallet_outbox SET created_at = now() - interval '2 minutes' WHERE brand_id = \(brand.id)")
    }
  }
}
