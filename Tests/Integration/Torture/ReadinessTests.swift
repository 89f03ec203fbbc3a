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
      "S0-SVC-02 S4-START-03 S4-READY-01 S4-READY-02 S4-READY-03 S4-READY-07 each role tells its start; without PostgreSQL every role lives, says its mode, and names the failed check"
    )
    func databaseStopped() async throws {
      try await RunningStack.run { stack in
        for role in RunningStack.roles { try await expectReady(role, stack) }
        try await expectStartLines(stack)
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

    @Test("S0-SVC-03 a worker whose stream is blocked is alive and not ready, brand by brand; it catches up by itself")
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

    @Test("S4-READY-06 a worker that runs says so; one that is switched off is ready without that check, and publishes nothing")
    func workerSwitchedOff() async throws {
      try await RunningStack.run { stack in
        try await expectReady(.walletWorker, stack)
        #expect(try await checks(of: .walletWorker, stack)["worker"] == "pass")
      }
      try await RunningStack.run(settings: ["WORKER_ENABLED": "off"]) { stack in
        try await expectReady(.walletWorker, stack)
        #expect(try await checks(of: .walletWorker, stack)["worker"] == nil)
        try await leaveBacklog(stack.brands[0], stack)
        // A running worker takes a tenth of a second.
        try await Task.sleep(for: .seconds(2))
        #expect(try await stack.psql("SELECT count(*) FROM wallet.wallet_outbox WHERE published_at IS NULL") == "1")
      }
    }

    @Test("S4-READY-04 a schema that was changed under running roles takes every role's readiness, by name, until it is back")
    func schemaChanged() async throws {
      try await RunningStack.run { stack in
        for role in RunningStack.roles { try await expectReady(role, stack) }
        try await stack.psql(
          "INSERT INTO cordon.schema_migrations (version, name, checksum) SELECT max(version) + 1, 'later', repeat('0', 64) FROM cordon.schema_migrations"
        )
        for role in RunningStack.roles {
          let failed: [String] = try await eventually("\(role) is not ready") {
            let failed = try await checks(of: role, stack).filter { $0.value == "fail" }.map(\.key)
            return failed.isEmpty ? nil : failed
          }
          #expect(failed == ["migration_head"], "\(role)")
        }
        try await stack.psql("DELETE FROM cordon.schema_migrations WHERE name = 'later'")
        for role in RunningStack.roles { try await expectReady(role, stack) }
      }
    }

    @Test("S4-START-05 another schema head refuses the start with both numbers")
    func wrongHead() async throws {
      try await RunningStack.run { stack in
        let head = try await stack.psql("SELECT max(version) FROM cordon.schema_migrations")
        let refused = try single(["EXPECTED_MIGRATION_HEAD": "999"]).start("serve", "wallet_service", "--config", stack.configurationFile)
        #expect(await refused.status() != 0)
        #expect(refused.messages.contains("expected 999, actual \(head)"), "\(refused.messages)")
      }
    }

    @Test("S4-READY-05 where signing is required, a role without its signing key is not ready and names it")
    func unsigned() async throws {
      try await RunningStack.run { stack in
        let file = "\(stack.configurationFile).unsigned"
        let lines = try String(contentsOfFile: stack.configurationFile, encoding: .utf8).components(separatedBy: "\n")
        try lines.filter { !$0.hasPrefix("BRAND_SIGNING_KEY=") }.joined(separator: "\n").write(
          toFile: file, atomically: true, encoding: .utf8)
        for role in [ServiceRole.gateway, .walletService, .adminService] {
          let port = try FreePort.next()
          let run = try single(["SIGNING_REQUIRED": "on", "CORDON_\(role.rawValue.uppercased())_PORT": "\(port)"])
            .start("serve", role.rawValue, "--config", file)
          let checks: [String: String] = try await eventually("\(role) answers") {
            if run.hasEnded { throw Ended(messages: run.messages) }
            guard let reply = try? await stack.client.send("GET", "/ready", at: "http://127.0.0.1:\(port)"), reply.status == 503 else {
              return nil
            }
            return try self.checks(of: reply)
          }
          #expect(checks.filter { $0.value == "fail" }.map(\.key) == ["signing"], "\(role): \(checks)")
          run.signal(SIGTERM)
          #expect(await run.status() == 0)
        }
      }
    }

    private struct Ended: Error {
      let messages: String
    }

    /// One role in a process of its own beside the stack.
    private func single(_ environment: [String: String]) -> CordonProgram {
      CordonProgram(environment: ["CORDON_ENV": "local", "CORDON_DRAIN_SECONDS": "0"].merging(environment) { $1 })
    }

    private func checks(of role: ServiceRole, _ stack: RunningStack) async throws -> [String: String] {
      try checks(of: try await stack.client.send("GET", "/ready", at: stack.url(role)))
    }

    private func expectStartLines(_ stack: RunningStack) async throws {
      let head = try await stack.psql("SELECT max(version) FROM cordon.schema_migrations")
      let lines = stack.log.split(separator: "\n").filter { $0.contains(#""message":"role started""#) }
      for role in RunningStack.roles {
        let own = lines.filter { $0.contains(#""service":"\#(role.processName)""#) }
        #expect(own.count == 1, "\(role)")
        for part in [#""level":"notice""#, #""environment":"local""#, #""migration_head":\#(head)"#, #""version_hash":""#] {
          #expect(own.first?.contains(part) == true, "\(role): \(part) in \(own)")
        }
        #expect(own.first?.contains(#""version_hash":"""#) == false)
      }
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
