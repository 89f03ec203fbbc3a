import Composition
import Contracts
import Foundation
import Kernel
import TestSupport
import Testing

extension DatabaseTortureTests {
  /// What a decision needs is broken, one thing after the other: nothing is decided without it.
  @Suite("Failing closed", .serialized, .timeLimit(.minutes(3)))
  struct FailClosedTests {
    private static let operatorID = "ops:closed"
    private static let production = [
      "CORDON_ENV": "production", "MULTI_BRAND_ENFORCEMENT": "enforce", "WALLET_BRAND_SIGNATURE_REQUIRE": "on",
    ]

    @Test(
      "S4-GUAR-02 without PostgreSQL, Redis, keys, the memory of signatures or the audit whatever needs it is refused, nothing is booked or changed, and all goes on afterwards"
    )
    func faults() async throws {
      try await RunningStack.run(durable: true) { stack in
        let player = try await stack.player("closed", on: stack.brands[0])
        let caller = DrillLoad.Identity(
          signingKey: stack.settings["BRAND_SIGNING_KEY"] ?? "", token: stack.settings["INTERNAL_SERVICE_TOKEN_RECON"] ?? "")
        let load = DrillLoad(stack, player: player, identities: [:])
        try await withWallet(stack, Self.production) { wallet in
          func deposit() async throws -> String { try await load.deposit(as: .recon, caller, at: wallet).summary }
          #expect(try await deposit() == "201")
          let booked = try await commands(stack)

          await stack.redis.stopForRestart()
          #expect(try await deposit() == "503 unavailable", "a signature that may be a repeated one")
          #expect(try await balances(stack, player) == "503 redis_error")
          try await stack.redis.startAgain()

          await stack.postgres.stopForRestart()
          #expect(try await deposit() == "503 unavailable")
          try await stack.postgres.startAgain()
          try await stack.expectRecovered()
          #expect(try await commands(stack) == booked)
          try await eventually("the wallet books again") { try await deposit() == "201" }
        }
        try await withoutKeys(stack, load, caller)
        try await withoutAudit(stack)
      }
    }

    /// In production such a wallet doesn't start; in enforce it starts nowhere without refusing what it can't check.
    private func withoutKeys(_ stack: RunningStack, _ load: DrillLoad, _ caller: DrillLoad.Identity) async throws {
      let booked = try await commands(stack)
      let strict = ["MULTI_BRAND_ENFORCEMENT": "enforce", "BRAND_SIGNING_KEY_PREV": caller.signingKey]
      try await withWallet(stack, strict, without: ["BRAND_SIGNING_KEY"]) { wallet async throws in
        #expect(try await load.deposit(as: .recon, caller, at: wallet).status >= 400)
      }
      let keyless = try RoleProcess(
        .walletService, stack: stack, port: try FreePort.next(), settings: Self.production, without: ["BRAND_SIGNING_KEY"])
      #expect(try await keyless.ended() != 0)
      #expect(keyless.messages.contains("BRAND_SIGNING_KEY"))
      #expect(try await commands(stack) == booked)
    }

    /// An act that can't be written down doesn't happen.
    private func withoutAudit(_ stack: RunningStack) async throws {
      let token = try await stack.operatorToken(of: Self.operatorID)
      func write() async throws -> StackReply {
        try await stack.client.send(
          "PUT", "/v1/admin/global-vars/metrics_text", at: stack.url(.adminService), token: token, body: ["value": "changed"],
          headers: [HeaderNames.operatorID: Self.operatorID])
      }
      func value() async throws -> String {
        try await stack.psql("SELECT count(*) FROM cordon.global_var WHERE value::text LIKE '%changed%'")
      }
      try await stack.psql("ALTER TABLE cordon.admin_audit RENAME TO admin_audit_away")
      let refused = try await write()
      #expect(refused.status >= 500, "\(refused.summary)")
      #expect(try await value() == "0")
      try await stack.psql("ALTER TABLE cordon.admin_audit_away RENAME TO admin_audit")
      #expect(try await write().status < 300)
      #expect(try await value() == "1")
    }

    private func withWallet(
      _ stack: RunningStack, _ settings: [String: String], without removed: Set<String> = [], _ body: (String) async throws -> Void
    ) async throws {
      try await RoleProcess.serving(.walletService, stack, settings: settings, without: removed) { try await body($0.url) }
    }

    private func balances(_ stack: RunningStack, _ player: StackPlayer) async throws -> String {
      try await stack.client.send(
        "GET", "/v1/wallet/balances", at: stack.url(.gateway), host: player.brand.host, token: player.token
      ).summary
    }

    private func commands(_ stack: RunningStack) async throws -> String {
      try await stack.psql("SELECT count(*) FROM wallet.wallet_command")
    }
  }
}
