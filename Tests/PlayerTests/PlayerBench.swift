internal import AsyncHTTPClient
internal import Contracts
internal import Foundation
internal import Kernel
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import Platform
@testable internal import Player
internal import Postgres
internal import Redis
@testable internal import Security
internal import TestSupport
internal import Testing

/// A running player service with two brands, `default` and `brand2`, on a database and a Redis of its own. Requests come as the gateway sends them.
struct PlayerBench: Sendable {
  static let token = "gateway-token-0123456789abcdef"
  static let personalDataKey = Data((0..<32).map { UInt8($0) }).base64EncodedString()
  static let keys = makeKeys()

  let role: RunningRole
  let database: TestDatabase
  let redisServer: TestRedisServer
  let redis: RedisClient
  let service: PlayerService
  let clock: TestClock
  let verifier: AccessTokenVerifier
  let hasher: PasswordHasher

  /// - Parameter personalDataKey: nil for a service without AES keys.
  static func run(
    cost: Argon2idCost = .least, personalDataKey: String? = personalDataKey, _ body: @escaping @Sendable (PlayerBench) async throws -> Void
  ) async throws {
    try await TestDatabase.lease { database in
      try await database.psql(
        "INSERT INTO cordon.brand (brand_id, brand_code, name, status, default_currency) VALUES (2, 'brand2', 'Second', 'enabled', 'USD')")
      try await TestRedis.lease { redisServer in
        try await serve(database, redisServer, cost, personalDataKey, body)
      }
    }
  }

  private static func serve(
    _ database: TestDatabase, _ redisServer: TestRedisServer, _ cost: Argon2idCost, _ personalDataKey: String?,
    _ body: @escaping @Sendable (PlayerBench) async throws -> Void
  ) async throws {
    let (logs, clock) = (LogRecorder(), TestClock())
    let context = try RunningRole.context(.playerService, logs: logs, clock: clock.wall)
    let app = Database(try DatabaseConfiguration(url: database.url, poolSizeMax: 8), logger: context.logger)
    let redis = RedisClient(try .patient(url: redisServer.url), logger: context.logger)
    let cipher = try personalDataKey.map { try PersonalDataCipher(currentKey: $0, currentKeyID: "pii-1") }
    let verifier = AccessTokenVerifier(keys: try KeySet([keys.keyID: keys.publicKey]))
    let hasher = try PasswordHasher(cost: cost)
    let catalog = BrandCatalog(database: app)
    let service = PlayerService(
      context: context, database: app, redis: redis, catalog: catalog,
      material: PlayerService.Material(
        signer: keys, verifier: verifier, hasher: hasher,
        vault: PersonalDataVault(cipher: cipher, metrics: context.metrics)))
    let requestGuard = RoleGuard(
      callers: CallerGuard(verifier: try CallerTokenVerifier(CallerTokens(active: [.gateway: token])), metrics: context.metrics),
      brands: BrandHeaderGuard(mode: .enforce, metrics: context.metrics))
    try await withThrowingTaskGroup { group in
      group.addTask { await redis.run() }
      defer { group.cancelAll() }
      try await RunningRole.serve(service.endpoints, context: context, requestGuard: requestGuard, logs: logs) { role in
        try await body(
          PlayerBench(
            role: role, database: database, redisServer: redisServer, redis: redis, service: service, clock: clock, verifier: verifier,
            hasher: hasher))
      }
    }
    await app.close()
  }

  private static func makeKeys() -> TokenSigner {
    guard let keyID = KeyID("20261121-1"), let pair = try? TokenSigner.generate(keyID: keyID) else {
      preconditionFailure("no key pair could be made")
    }
    return pair.signer
  }

  static func brand(_ number: Int64) -> BrandID {
    guard let brand = BrandID(number) else { preconditionFailure("\(number) is no brand") }
    return brand
  }

  // MARK: Calls

  func send(
    _ method: String, _ path: String, brand: Int64 = 1, body: String? = nil, headers: [String: String] = [:]
  ) async throws -> PlayerCall {
    var request = HTTPClientRequest(url: role.url + path)
    request.method = .init(rawValue: method)
    request.headers.add(name: HeaderNames.internalServiceToken, value: Self.token)
    request.headers.add(name: HeaderNames.callerService, value: "gateway")
    request.headers.add(name: HeaderNames.brandID, value: String(brand))
    request.headers.add(name: HeaderNames.clientAddress, value: "203.0.113.9")
    for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
    if let body {
      request.headers.add(name: "content-type", value: "application/json")
      request.body = .bytes(ByteBuffer(string: body))
    }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    let text = String(buffer: try await response.body.collect(upTo: 1 << 20))
    return PlayerCall(
      status: Int(response.status.code), headers: response.headers.reduce(into: [:]) { $0[$1.name.lowercased()] = $1.value }, text: text)
  }

  func send(_ method: String, _ path: String, brand: Int64 = 1, json: some Encodable) async throws -> PlayerCall {
    try await send(method, path, brand: brand, body: String(decoding: try JSONEncoder().encode(json), as: UTF8.self))
  }

  @discardableResult
  func register(_ account: String = "alice", _ password: String = "correct horse", brand: Int64 = 1) async throws -> PlayerCall {
    try await send("POST", "/v1/players", brand: brand, json: RegistrationBody(account: account, password: password))
  }

  func logIn(_ account: String = "alice", _ password: String = "correct horse", brand: Int64 = 1) async throws -> PlayerCall {
    try await send("POST", "/v1/sessions", brand: brand, json: CredentialsBody(account: account, password: password))
  }

  func refresh(_ token: String, brand: Int64 = 1) async throws -> PlayerCall {
    try await send("POST", "/v1/sessions/refresh", brand: brand, json: RefreshBody(refreshToken: token))
  }

  func logOut(_ pair: TokenPairBody, brand: Int64 = 1) async throws -> PlayerCall {
    try await send(
      "DELETE", "/v1/sessions/current", brand: brand,
      headers: [HeaderNames.playerID: String(pair.playerID), HeaderNames.sessionID: pair.sessionID])
  }

  func profile(player: Int64, brand: Int64 = 1) async throws -> PlayerCall {
    try await send(
      "GET", "/v1/players/me", brand: brand, headers: [HeaderNames.playerID: String(player), HeaderNames.sessionID: "s-1"])
  }

  /// Registered and logged in.
  func session(_ account: String = "alice", brand: Int64 = 1) async throws -> TokenPairBody {
    try await register(account, brand: brand)
    return try await logIn(account, brand: brand).pair()
  }

  // MARK: What is stored

  func isMarked(_ pair: TokenPairBody, brand: Int64 = 1) async throws -> Bool {
    try await redis.exists("session:\(brand):\(pair.sessionID)")
  }

  func number(_ sql: String) async throws -> Int? {
    Int(try await database.psql(sql).trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
