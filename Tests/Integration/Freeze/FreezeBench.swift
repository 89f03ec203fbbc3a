import Composition
import Contracts
import Foundation
import Kernel
import Redis
import Security
import TestSupport

/// A running stack with an operator and a player, and everything in it that writes.
struct FreezeBench: Sendable {
  /// One way to write, and the tables that it cannot do without.
  struct Writer: Sendable {
    let name: String
    let role: ServiceRole
    let tables: [String]
    let send: @Sendable () async throws -> StackReply

    func call() async throws -> Int { try await send().status }
  }

  private struct SignedIn: Decodable {
    let token: String

    enum CodingKeys: String, CodingKey { case token = "access_token" }
  }

  private static let operatorID = "ops:freeze"
  private static let password = "correct horse battery staple"

  let stack: RunningStack
  let redis: RedisClient
  let player: StackPlayer
  private let operatorToken: String

  static func prepare(_ stack: RunningStack, _ redis: RedisClient) async throws -> FreezeBench {
    let hash = try await PasswordHasher(cost: .least).hash(password)
    try await stack.psql(
      "INSERT INTO cordon.staff (admin_id, password_hash, roles) VALUES ('\(operatorID)', '\(hash)', '{super_admin}')")
    let signedIn = try await stack.client.send(
      "POST", "/v1/admin/sessions", at: stack.url(.adminService), body: ["admin_id": operatorID, "password": password])
    return FreezeBench(
      stack: stack, redis: redis, player: try await stack.player("freezer", on: stack.brands[0]),
      operatorToken: try signedIn.decode(SignedIn.self).token)
  }

  // MARK: Freezing, as the runbook does

  func set(_ table: String) async throws { _ = try await redis.send(["SET", RedisArgument("table_freeze:\(table)"), "1", "EX", "1800"]) }
  func clear(_ table: String) async throws { _ = try await redis.delete("table_freeze:\(table)") }

  /// Until every process has heard of it.
  func settle() async throws { try await Task.sleep(for: .milliseconds(1300)) }

  func commands(_ name: String) async throws -> Int {
    let text = try await redis.send(["INFO", "commandstats"]).text ?? ""
    guard let line = text.split(separator: "\r\n").first(where: { $0.hasPrefix("cmdstat_\(name):") }) else { return 0 }
    return line.split(separator: ",").first?.split(separator: "=").last.flatMap { Int($0) } ?? 0
  }

  func streamLength(_ name: String) async throws -> Int64 { try await redis.send(["XLEN", RedisArgument(name)]).integer ?? -1 }

  /// How many writes the role has refused because of this table.
  func refusals(_ table: String, at role: ServiceRole) async throws -> Int {
    let text = try await stack.client.send("GET", "/metrics", at: stack.url(role)).text
    let line = text.split(separator: "\n").first { $0.hasPrefix("table_freeze_refused_total{table=\"\(table)\"}") }
    return line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
  }

  // MARK: Writing and reading

  func writers() async throws -> [Writer] { walletWriters + playerWriters + adminWriters }

  private var walletWriters: [Writer] {
    let brand = stack.brands[0]
    return [
      Writer(
        name: "internal deposit", role: .walletService,
        tables: [
          "wallet_ledger", "wallet_balance", "wallet_command", "wallet_transaction", "wallet_outbox", "wallet_chain", "wallet_account",
          "wallet_tombstone",
        ]
      ) { [self] in
        try await stack.client.send(
          "POST", "/internal/wallet/deposit", at: stack.url(.walletService), key: "\(brand.code):\(UUID())",
          body: WalletDepositBody(player: player.id, amount: 100, currency: brand.currency), headers: stack.headers(of: .admin, brand))
      },
      Writer(name: "a player's deposit request", role: .walletService, tables: ["wallet_command"]) { [self] in
        try await stack.client.send(
          "POST", "/v1/wallet/deposits", at: stack.url(.gateway), host: brand.host, token: player.token, key: UUID().uuidString,
          body: WalletAmountBody(amount: 100, currency: brand.currency))
      },
    ]
  }

  private var playerWriters: [Writer] {
    let brand = stack.brands[0]
    return [
      Writer(name: "registration", role: .playerService, tables: ["player", "player_outbox"]) { [self] in
        try await stack.client.send(
          "POST", "/v1/players", at: stack.url(.gateway), host: brand.host,
          body: RegistrationBody(account: "p\(UUID().uuidString.prefix(12))", password: Self.password))
      },
      Writer(name: "log-in", role: .playerService, tables: ["player_session", "player_refresh_token", "player_login"]) { [self] in
        let reply = try await stack.client.send(
          "POST", "/v1/sessions", at: stack.url(.gateway), host: brand.host,
          body: CredentialsBody(account: "freezer", password: Self.password))
        // Every attempt counts until one succeeds, and here many in a row must not.
        if reply.status == 503 { try await forgetAttempts() }
        return reply
      },
    ]
  }

  private func forgetAttempts() async throws {
    for key in try await redis.scan(match: "login_attempts:*", pageSize: 1000).keys { _ = try await redis.delete(key) }
  }

  private var adminWriters: [Writer] {
    [
      admin("a new agent", "POST", "/v1/admin/agents", ["agent", "agent_brand", "agent_setting", "admin_audit"]) { ["name": "A"] },
      admin("a brand's setting", "PUT", "/v1/admin/brand-config/cashback_rate", ["brand_config"]) { ["value": 1] },
      admin("a platform variable", "PUT", "/v1/admin/global-vars/site_number", ["global_var"]) { ["value": 1] },
      admin("a host", "PUT", "/v1/admin/domains/freeze.local", ["domain_binding"]) { ["agent_id": 1] },
      admin("a new brand", "POST", "/v1/admin/brands", ["brand"]) {
        ["brand_code": "b\(UUID().uuidString.prefix(8).lowercased())", "name": "New", "default_currency": "EUR"]
      },
      Writer(name: "an operator's sign-in", role: .adminService, tables: ["admin_audit"]) { [self] in
        let reply = try await stack.client.send(
          "POST", "/v1/admin/sessions", at: stack.url(.adminService), body: ["admin_id": Self.operatorID, "password": Self.password])
        for key in try await redis.scan(match: "admin:signin:*", pageSize: 1000).keys { _ = try await redis.delete(key) }
        return reply
      },
    ]
  }

  private func admin(
    _ name: String, _ method: String, _ path: String, _ tables: [String], body: @escaping @Sendable () -> any Encodable & Sendable
  ) -> Writer {
    Writer(name: name, role: .adminService, tables: tables) { [self] in
      try await stack.client.send(method, path, at: stack.url(.adminService), token: operatorToken, body: body(), headers: adminHeaders)
    }
  }

  private var adminHeaders: [String: String] {
    [HeaderNames.operatorID: Self.operatorID, HeaderNames.brandID: "\(stack.brands[0].id)"]
  }

  var reads: [@Sendable () async throws -> StackReply] {
    let (brand, gateway) = (stack.brands[0], stack.url(.gateway))
    let internalHeaders = stack.headers(of: .admin, brand)
    return [
      { [self] in try await stack.client.send("GET", "/v1/wallet/balances", at: gateway, host: brand.host, token: player.token) },
      { [self] in try await stack.client.send("GET", "/v1/players/me", at: gateway, host: brand.host, token: player.token) },
      { [self] in
        try await stack.client.send("GET", "/internal/wallet/ledger", at: stack.url(.walletService), headers: internalHeaders)
      },
      { [self] in
        try await stack.client.send("GET", "/v1/admin/audit", at: stack.url(.adminService), token: operatorToken, headers: adminHeaders)
      },
    ]
  }
}
