internal import Contracts
package import Kernel
internal import Platform
package import Postgres
package import Redis

/// A running stack, and the ways in which the harness speaks with it.
package struct HarnessStack: Sendable {
  let client: StackClient
  /// Where each role is reached.
  let roles: [ServiceRole: String]
  let identity: HarnessIdentity
  let account: SeedOperator
  let database: Database
  let redis: RedisClient

  package init(
    client: StackClient = StackClient(), roles: [ServiceRole: String], identity: HarnessIdentity, account: SeedOperator, database: Database,
    redis: RedisClient
  ) {
    self.client = client
    self.roles = roles
    self.identity = identity
    self.account = account
    self.database = database
    self.redis = redis
  }

  func url(_ role: ServiceRole) -> String { roles[role] ?? "http://127.0.0.1:\(role.defaultPort)" }

  /// As anybody outside, through the gateway.
  func visit(
    _ host: String, _ method: String, _ path: String, body: (any Encodable & Sendable)? = nil, headers: [String: String] = [:]
  ) async throws -> StackReply {
    try await client.send(method, path, at: url(.gateway), host: host, body: body, headers: headers)
  }

  /// As a player with a token, through the gateway; `host` when it is not the player's own.
  func play(
    _ player: DemoPlayer, _ method: String, _ path: String, host: String? = nil, key: String? = nil,
    body: (any Encodable & Sendable)? = nil, headers: [String: String] = [:]
  ) async throws -> StackReply {
    try await client.send(
      method, path, at: url(.gateway), host: host ?? player.brand.host, token: player.token, key: key, body: body, headers: headers)
  }

  /// As a role of the platform, at another one.
  func call(
    _ brand: DemoBrand, _ method: String, _ path: String, of role: ServiceRole = .walletService, token: String? = nil, key: String? = nil,
    body: (any Encodable & Sendable)? = nil
  ) async throws -> StackReply {
    try await client.send(
      method, path, at: url(role), key: key, body: body,
      headers: [
        HeaderNames.callerService: identity.caller.rawValue, HeaderNames.internalServiceToken: token ?? identity.token,
        HeaderNames.brandID: String(brand.id),
      ])
  }

  /// As the operator, at the back office.
  func operate(
    _ brand: DemoBrand, _ operatorToken: String, _ method: String, _ path: String, key: String? = nil,
    body: (any Encodable & Sendable)? = nil
  ) async throws -> StackReply {
    try await client.send(
      method, path, at: url(.adminService), token: operatorToken, key: key, body: body,
      headers: [HeaderNames.operatorID: account.id, HeaderNames.brandID: String(brand.id)])
  }

  func metrics(_ role: ServiceRole) async throws -> MetricsText {
    MetricsText(try await client.send("GET", "/metrics", at: url(role)).text)
  }

  func health(_ role: ServiceRole) async throws -> HealthBody {
    try await client.send("GET", "/health", at: url(role)).decode(HealthBody.self)
  }

  func balance(of player: DemoPlayer) async throws -> WalletBalancesAnswer {
    try await play(player, "GET", "/v1/wallet/balances").decode(WalletBalancesAnswer.self)
  }

  func snapshot(_ brand: DemoBrand) async throws -> BrandSnapshot {
    try await within(brand) { try await BrandSnapshot.take($0) }
  }

  /// Runs SQL with the walls that a service has: as its role, in the brand's context.
  func within<Value: Sendable>(_ brand: DemoBrand, _ body: (BrandTransaction) async throws -> Value) async throws -> Value {
    guard let id = BrandID(brand.id) else { throw HarnessFault.brandMissing(code: brand.code) }
    return try await database.withBrand(id, body)
  }
}
