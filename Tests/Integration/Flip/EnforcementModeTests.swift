import Composition
import Contracts
import Foundation
import Kernel
import Security
import TestSupport
import Testing

@Suite("Enforcement modes on a running stack", .serialized)
struct EnforcementModeTests {
  private static let operatorID = "ops:modes"
  private static let password = "correct horse battery staple"

  private struct SignedIn: Decodable {
    let token: String

    enum CodingKeys: String, CodingKey { case token = "access_token" }
  }

  @Test(
    "S0-ENF-01 S0-ENF-02 S0-ENF-04 S0-ENF-05 S0-ENF-10 every role takes each mode and says so; what crosses is counted under it, refused in enforce alone, and no second brand comes before",
    .timeLimit(.minutes(2)),
    arguments: [("off", "0"), ("observe", "1"), ("enforce", "2")])
  func modes(_ mode: String, _ number: String) async throws {
    try await RunningStack.run(settings: ["MULTI_BRAND_ENFORCEMENT": mode]) { stack in
      for role in RunningStack.roles {
        let health = try await stack.client.send("GET", "/health", at: stack.url(role)).text
        #expect(health.contains(#""enforcement_mode":"\#(mode)""#), "\(role.rawValue): \(health)")
        let metrics = try await stack.client.send("GET", "/metrics", at: stack.url(role)).text
        #expect(metrics.contains(#"multi_brand_enforcement_mode{service="\#(role.rawValue)"} \#(number)"#), "\(role.rawValue)")
      }
      try await crossing(stack, mode)
      try await secondBrand(stack, mode)
    }
  }

  /// S0-ENF-04, S0-ENF-05: counted under the mode and no other, and refused in enforce alone.
  private func crossing(_ stack: RunningStack, _ mode: String) async throws {
    let player = try await stack.player("modes", on: stack.brands[0])
    let deposited = try await stack.client.send(
      "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "modes",
      body: WalletDepositBody(player: player.id, amount: 500, currency: player.brand.currency),
      headers: stack.headers(of: .recon, player.brand))
    let id = try #require(try deposited.decode(WalletCommandAnswer.self).transaction?.id)
    let reply = try await stack.client.send(
      "POST", "/internal/wallet/deposit-approve", at: stack.url(.walletService), key: "crossing",
      body: WalletTransactionBody(player: player.id, transaction: id), headers: stack.headers(of: .recon, stack.brands[1]))
    #expect((reply.summary == "403 cross_brand_rejected") == (mode == "enforce"), "\(reply.text)")
    let metrics = try await stack.client.send("GET", "/metrics", at: stack.url(.walletService)).text
    let counted = metrics.matches(of: #/wallet_cross_brand_rejected_total\{[^}]*mode="(\w+)"[^}]*\} ([1-9]\d*)/#)
    #expect(counted.map { "\($0.output.1) \($0.output.2)" } == ["\(mode) 1"])
  }

  /// S0-ENF-10: the real roles are asked.
  private func secondBrand(_ stack: RunningStack, _ mode: String) async throws {
    let hash = try await PasswordHasher(cost: .least).hash(Self.password)
    try await stack.psql(
      "INSERT INTO cordon.staff (admin_id, password_hash, roles) VALUES ('\(Self.operatorID)', '\(hash)', '{super_admin}')")
    let signedIn = try await stack.client.send(
      "POST", "/v1/admin/sessions", at: stack.url(.adminService), body: ["admin_id": Self.operatorID, "password": Self.password])
    let reply = try await stack.client.send(
      "POST", "/v1/admin/brands", at: stack.url(.adminService), token: try signedIn.decode(SignedIn.self).token,
      body: ["brand_code": "brand3", "name": "Third", "default_currency": "GBP"], headers: [HeaderNames.operatorID: Self.operatorID])
    #expect(reply.summary == (mode == "enforce" ? "201" : "409 enforcement_incomplete"), "\(reply.text)")
    for role in RunningStack.roles where mode != "enforce" { #expect(reply.text.contains("\(role.rawValue) (\(mode))")) }
  }

  @Test(
    "S0-ENF-09 S0-ENF-26 under a production label a mode that isn't one, or none at all, stops the start: it never means off",
    .timeLimit(.minutes(1)), arguments: ["yes", "", "ENFORCED", "on", nil])
  func unknownMode(_ mode: String?) async throws {
    var environment = [
      "CORDON_ENV": "production", "DATABASE_URL": "postgresql://a:b@localhost/d", "REDIS_URL": "redis://localhost",
      "BRAND_SIGNING_KEY": "a-signing-key-of-the-tests-0123456789",
    ]
    environment["MULTI_BRAND_ENFORCEMENT"] = mode
    let run = try await CordonProgram(environment: environment).run("serve", "wallet_service")
    #expect(run.status == 2 && run.messages.contains("MULTI_BRAND_ENFORCEMENT"), "\(run.status) \(run.messages)")
  }
}
