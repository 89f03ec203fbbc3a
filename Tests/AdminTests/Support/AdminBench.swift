import AsyncHTTPClient
import Audit
import Contracts
import HTTPTypes
import Kernel
import Logging
import NIOCore
import NIOHTTP1
import Platform
import Postgres
import Redis
import Security
import TestSupport
import Wallet

@testable import Admin

/// A running admin role with a wallet behind it, on a database and a Redis of their own. Two brands: `default` (EUR) and `brand2` (USD),
/// each with a player 1 and the agent 1; player 2 is the first brand's alone. `old.local` leads to the first brand.
struct AdminBench: Sendable {
  private static let walletToken = "admin-token-0123456789abcdef"
  private static let signingKey = "brand-signing-key-of-the-tests"

  let admin: RunningRole
  let wallet: RunningRole
  let endpoints: [Endpoint]
  let database: TestDatabase
  let app: Database
  let redis: RedisClient
  let redisServer: TestRedisServer

  /// - Parameters:
  ///   - walletURL: where the admin role looks for the wallet; nil is the running one.
  ///   - census: what the other roles say of their mode.
  static func run(
    walletURL: String? = nil, census: [RoleEnforcement] = [RoleEnforcement(role: .walletService, mode: .enforce)],
    _ body: @escaping @Sendable (AdminBench) async throws -> Void
  ) async throws {
    try await TestDatabase.lease { database in
      try await TestRedis.lease { redisServer in
        try await prepare(database)
        try await serveWallet(database) { wallet in
          try await serveAdmin(database, redisServer, wallet, walletURL ?? wallet.url, census, body)
        }
      }
    }
  }

  private static func serveWallet(_ database: TestDatabase, _ body: @escaping @Sendable (RunningRole) async throws -> Void) async throws {
    let logs = LogRecorder()
    let context = try RunningRole.context(.walletService, logs: logs)
    let app = Database(try DatabaseConfiguration(url: database.url, poolSizeMax: 4), logger: context.logger)
    let service = WalletService(
      context: context, database: app, commandDatabase: app, catalog: BrandCatalog(database: app), cursorSecret: "a secret of the tests")
    let requestGuard = RoleGuard(
      callers: CallerGuard(verifier: try CallerTokenVerifier(CallerTokens(active: [.admin: walletToken])), metrics: context.metrics),
      brands: BrandHeaderGuard(mode: .enforce, metrics: context.metrics),
      signatures: BrandSignatureGuard(
        keys: BrandSignatureKeys(active: signingKey),
        policy: BrandSignaturePolicy(isRequired: true, mode: .enforce, environment: context.environment), metrics: context.metrics))
    try await RunningRole.serve(service.endpoints, context: context, requestGuard: requestGuard, logs: logs, body)
    await app.close()
  }

  private static func serveAdmin(
    _ database: TestDatabase, _ redisServer: TestRedisServer, _ wallet: RunningRole, _ walletURL: String, _ census: [RoleEnforcement],
    _ body: @escaping @Sendable (AdminBench) async throws -> Void
  ) async throws {
    let logs = LogRecorder()
    let context = try RunningRole.context(.adminService, logs: logs)
    let app = Database(try DatabaseConfiguration(url: database.url, poolSizeMax: 8), logger: context.logger)
    let redis = RedisClient(try .patient(url: redisServer.url), logger: context.logger)
    let signer = BrandSigner(keys: BrandSignatureKeys(active: signingKey)).map { BrandRequestSigner(signer: $0) }
    let client = InternalClient(
      http: HTTPClient.shared, caller: .admin, target: .walletService, baseURL: walletURL, token: walletToken, signer: signer,
      metrics: context.metrics)
    let keys = try KeySet([TestOperator.keys.signer.keyID: TestOperator.keys.signer.publicKey])
    let service = AdminService(
      context: context, database: app, redis: redis, catalog: BrandCatalog(database: app), wallet: client,
      signer: TestOperator.keys.signer, hasher: try PasswordHasher(cost: .least), cursorSecret: "another secret of the tests",
      ledgers: [AdminAuditLedger(), BalanceLogLedger(), RecoveryAuditLedger()], census: { census })
    let requestGuard = RoleGuard(
      callers: CallerGuard(verifier: try CallerTokenVerifier(CallerTokens()), metrics: context.metrics),
      brands: BrandHeaderGuard(mode: .enforce, metrics: context.metrics),
      operators: OperatorGuard(verifier: TokenVerifier(keys: keys), metrics: context.metrics))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await redis.run() }
      defer { group.cancelAll() }
      try await RunningRole.serve(service.endpoints, context: context, requestGuard: requestGuard, logs: logs) { admin in
        try await body(
          AdminBench(
            admin: admin, wallet: wallet, endpoints: service.endpoints, database: database, app: app, redis: redis,
            redisServer: redisServer))
      }
    }
    await app.close()
  }

  private static func prepare(_ database: TestDatabase) async throws {
    // brand-global: test: prepares both brands alike
    try await database.psql(
      """
      INSERT INTO cordon.brand (brand_code, name, default_currency) VALUES ('brand2', 'Second', 'USD');
      INSERT INTO cordon.agent (name) VALUES ('First agent'), ('Second agent');
      INSERT INTO cordon.agent_brand (brand_id, agent_id) VALUES (1, 1), (2, 1), (2, 2);
      INSERT INTO cordon.domain_binding (host, kind, brand_id, agent_id) VALUES ('old.local', 'agent', 1, 1);
      INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash)
        VALUES (1, 1, 'alice', 'alice', 'none'), (2, 1, 'alice', 'alice', 'none'), (1, 2, 'bob', 'bob', 'none');
      INSERT INTO wallet.wallet_topology (brand_id, version, document, created_by)
        SELECT brand_id, 1, '{"buckets":[{"name":"cash","withdrawable":true},{"name":"bonus","withdrawable":false}],
          "bet_order":["bonus","cash"],"deposit_bucket":"cash","win_bucket":"cash"}', 'test' FROM cordon.brand;
      INSERT INTO wallet.wallet_policy (brand_id, version, document, created_by) SELECT brand_id, 1, '{"limits":{}}', 'test' FROM cordon.brand;
      UPDATE wallet.wallet_topology SET status = 'active', activated_by = 'test', activated_at = now();
      UPDATE wallet.wallet_policy SET status = 'active', activated_by = 'test', activated_at = now();
      """)
  }

  // MARK: Calls

  /// One HTTP request of an operator. `X-Operator-Id` is the operator's own unless another is given; nil leaves headers out.
  func send(
    _ method: String, _ path: String, as caller: TestOperator? = .one, brand: String? = "1", operatorID: String?? = .none,
    key: String? = nil,
    body: String? = nil, headers: [String: String] = [:]
  ) async throws -> AdminCall {
    var request = HTTPClientRequest(url: admin.url + path)
    request.method = .init(rawValue: method)
    if let caller { request.headers.add(name: "authorization", value: "Bearer \(try caller.token())") }
    if let id = operatorID ?? caller?.id { request.headers.add(name: HeaderNames.operatorID, value: id) }
    if let brand { request.headers.add(name: HeaderNames.brandID, value: brand) }
    if let key { request.headers.add(name: HeaderNames.idempotencyKey, value: key) }
    for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
    if let body {
      request.headers.add(name: "content-type", value: "application/json")
      request.body = .bytes(ByteBuffer(string: body))
    }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    let bytes = try await response.body.collect(upTo: 1 << 20)
    return AdminCall(
      status: Int(response.status.code), headers: response.headers.reduce(into: [:]) { $0[$1.name.lowercased()] = $1.value },
      text: String(buffer: bytes))
  }

  func get(_ path: String, as caller: TestOperator = .one, brand: String? = "1") async throws -> AdminCall {
    try await send("GET", path, as: caller, brand: brand)
  }

  // MARK: Looking behind the scenes

  func auditCount() async throws -> Int { Int(try await database.psql("SELECT count(*) FROM admin_audit")) ?? -1 }

  /// The newest audit rows but for the one that tests plant under the number 900, oldest of them first: `action|resource|resource_key|operator_id`.
  func audit(last count: Int) async throws -> [String] {
    try await database.psql(
      """
      SELECT action || '|' || resource || '|' || resource_key || '|' || operator_id
      FROM (SELECT * FROM admin_audit WHERE audit_id <> 900 ORDER BY audit_id DESC LIMIT \(count)) AS newest ORDER BY audit_id
      """
    ).split(separator: "\n").map { String($0) }
  }

  func redisValue(_ key: String) async throws -> String? {
    try await redis.get(key).map { String(decoding: $0, as: UTF8.self) }
  }
}
