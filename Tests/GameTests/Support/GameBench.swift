import AsyncHTTPClient
import Contracts
import Foundation
import HTTPTypes
import Kernel
import NIOCore
import NIOHTTP1
import Platform
import Postgres
import Security
import TestSupport
import Testing

@testable import Game
@testable import Wallet

/// A running game role and a running wallet on a database of their own, with two brands, `default` (EUR) and `brand2` (USD), each with a
/// player 1 called alice.
struct GameBench: Sendable {
  static let tokens: [CallerLabel: String] = [
    .game: "game-token-0123456789abcdef", .admin: "admin-token-0123456789abcdef", .gateway: "gateway-token-0123456789abcdef",
    .player: "player-token-0123456789abcdef",
  ]
  private static let signingKey = "a signing key of the tests, long enough for everybody"

  let role: RunningRole
  let wallet: RunningRole
  let service: GameService
  let database: TestDatabase
  let app: Database

  static func run(
    enforcement: EnforcementMode = .enforce, settings: [String: String] = [:], clock: WallClock = .system,
    _ body: @escaping @Sendable (GameBench) async throws -> Void
  ) async throws {
    try await TestDatabase.lease { database in
      try await prepare(database)
      try await run(on: database, enforcement, settings, clock, body)
    }
  }

  /// On a PostgreSQL of the test's own, which it breaks.
  static func run(breaking body: @escaping @Sendable (GameBench, TestPostgresServer) async throws -> Void) async throws {
    let server = try await TestPostgresServer.start()
    do {
      let database = try await TestDatabase.migrated(on: server)
      try await prepare(database)
      try await run(on: database, .enforce, [:], .system) { bench in try await body(bench, server) }
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  private static func run(
    on database: TestDatabase, _ enforcement: EnforcementMode, _ settings: [String: String], _ clock: WallClock,
    _ body: @escaping @Sendable (GameBench) async throws -> Void
  ) async throws {
    let logs = LogRecorder()
    let walletContext = try RunningRole.context(.walletService, settings: ["MULTI_BRAND_ENFORCEMENT": enforcement.rawValue], logs: logs)
    var configuration = try DatabaseConfiguration(url: database.url, poolSizeMax: 8)
    configuration.defaultDeadline = .seconds(60)
    let app = Database(configuration, logger: walletContext.logger)
    configuration.sessionSettings = WalletService.commandSessionSettings
    let commandDatabase = Database(configuration, logger: walletContext.logger)
    let walletService = WalletService(
      context: walletContext, database: app, commandDatabase: commandDatabase, catalog: BrandCatalog(database: app), cursorSecret: "secret")
    try await walletService.prime()
    try await RunningRole.serve(
      walletService.endpoints, context: walletContext, requestGuard: try requestGuard(walletContext, app, signs: true), logs: logs
    ) { wallet in
      try await serve(database, app, wallet, enforcement, settings, clock, logs, body)
    }
    await app.close()
    await commandDatabase.close()
  }

  private static func serve(
    _ database: TestDatabase, _ app: Database, _ wallet: RunningRole, _ enforcement: EnforcementMode, _ settings: [String: String],
    _ clock: WallClock, _ logs: LogRecorder, _ body: @escaping @Sendable (GameBench) async throws -> Void
  ) async throws {
    let given = [
      "MULTI_BRAND_ENFORCEMENT": enforcement.rawValue, "GAME_PROVIDER_KEYS": ProviderPen.keys,
      "GAME_LAUNCH_URLS": #"{"mg":"https://mg.example/play","bti":"https://bti.example/play","wc":"https://wc.example/play"}"#,
    ]
    let context = try RunningRole.context(.gameService, settings: given.merging(settings) { $1 }, logs: logs, clock: clock)
    let signer = BrandSigner(keys: BrandSignatureKeys(active: signingKey, previous: nil)).map { BrandRequestSigner(signer: $0) }
    let client = InternalClient(
      http: .shared, caller: .game, target: .walletService, baseURL: wallet.url, token: tokens[.game], signer: signer,
      metrics: context.metrics)
    let service = GameService(
      context: context, database: app, catalog: BrandCatalog(database: app),
      material: try GameMaterial(wallet: client, context.configuration))
    try await RunningRole.serve(
      service.endpoints, context: context, requestGuard: try requestGuard(context, app, signs: false), logs: logs
    ) { role in
      try await body(GameBench(role: role, wallet: wallet, service: service, database: database, app: app))
    }
  }

  private static func requestGuard(_ context: RoleContext, _ app: Database, signs: Bool) throws -> RoleGuard {
    let signatures = BrandSignatureGuard(
      keys: BrandSignatureKeys(active: signingKey, previous: nil),
      policy: BrandSignaturePolicy(isRequired: true, mode: context.enforcement, environment: context.environment),
      metrics: context.metrics)
    return RoleGuard(
      callers: CallerGuard(verifier: try CallerTokenVerifier(CallerTokens(active: tokens)), metrics: context.metrics),
      brands: BrandHeaderGuard(mode: context.enforcement, metrics: context.metrics), signatures: signs ? signatures : nil)
  }

  private static func prepare(_ database: TestDatabase) async throws {
    try await database.psql(
      "INSERT INTO cordon.brand (brand_id, brand_code, name, status, default_currency) VALUES (2, 'brand2', 'Second', 'enabled', 'USD');")
    for brand in [1, 2] {
      try await database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '\(brand)', true);
        INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES
          (\(brand), 1, 'alice', 'alice', 'none'), (\(brand), 2, 'alice_e2e', 'alice_e2e', 'none');
        INSERT INTO wallet.wallet_topology (brand_id, version, document, created_by) VALUES (\(brand), 1, '{"buckets":
          [{"name":"cash","withdrawable":true},{"name":"bonus","withdrawable":false}],"bet_order":["bonus","cash"],
          "deposit_bucket":"cash","win_bucket":"cash","bonus_bucket":"bonus"}', 'test');
        INSERT INTO wallet.wallet_policy (brand_id, version, document, created_by) VALUES (\(brand), 1, '{"limits":{},"settle_many":true,
          "providers":{"bti":{"unknown_rollback":"refuse","rollback_after_settle":"reverse"}}}', 'test');
        UPDATE wallet.wallet_topology SET status = 'active', activated_by = 'test', activated_at = now() WHERE brand_id = \(brand);
        UPDATE wallet.wallet_policy SET status = 'active', activated_by = 'test', activated_at = now() WHERE brand_id = \(brand);
        COMMIT;
        """)
    }
  }

  // MARK: Calls

  /// A callback, signed by its provider unless headers say otherwise.
  func callback(_ pen: ProviderPen, _ note: ProviderNote) async throws -> GameCall {
    let body = pen.body(note)
    return try await post(
      "/callbacks/\(pen.provider)/\(pen.path(of: note.operation))", body, [pen.signatureHeader: pen.signature(of: body)])
  }

  func post(_ path: String, _ body: [UInt8], _ headers: [String: String]) async throws -> GameCall {
    try await Self.send(role.url + path, "POST", body, headers)
  }

  /// A call of another role.
  func call(
    _ path: String, method: String = "GET", as caller: CallerLabel = .gateway, brand: String? = nil, body: String? = nil,
    headers: [String: String] = [:]
  ) async throws -> GameCall {
    var all = headers
    all[HeaderNames.internalServiceToken] = Self.tokens[caller]
    all[HeaderNames.callerService] = caller.rawValue
    if let brand { all[HeaderNames.brandID] = brand }
    if body != nil { all["content-type"] = "application/json" }
    return try await Self.send(role.url + path, method, Array((body ?? "").utf8), all)
  }

  static func send(_ url: String, _ method: String, _ body: [UInt8], _ headers: [String: String]) async throws -> GameCall {
    var request = HTTPClientRequest(url: url)
    request.method = .init(rawValue: method)
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    if method != "GET" { request.body = .bytes(ByteBuffer(bytes: body)) }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    let bytes = try await response.body.collect(upTo: 1 << 20)
    return GameCall(
      status: Int(response.status.code), contentType: response.headers.first(name: "content-type") ?? "",
      body: Array(bytes.readableBytesView))
  }

  // MARK: What stands ready

  /// Puts money into a player's wallet.
  func deposit(_ amount: Int, brand: Int = 1, player: Int = 1) async throws {
    let currency = brand == 1 ? "EUR" : "USD"
    let signer = try #require(BrandSigner(keys: BrandSignatureKeys(active: Self.signingKey, previous: nil)))
    let client = InternalClient(
      http: .shared, caller: .admin, target: .walletService, baseURL: wallet.url, token: Self.tokens[.admin],
      signer: BrandRequestSigner(signer: signer), metrics: wallet.context.metrics)
    let name = try #require(HTTPField.Name(HeaderNames.idempotencyKey))
    let reply = try await client.send(
      .post, "/internal/wallet/deposit", body: Array(#"{"player_id":\#(player),"amount":\#(amount),"currency":"\#(currency)"}"#.utf8),
      brand: BrandID(Int64(brand)),
      context: CallContext(requestID: "deposit", trace: .new(), logger: role.context.logger), headers: [name: UUID().uuidString])
    try #require(reply.status.code < 300)
  }

  /// Opens a game, and gives the session's token and the account that the provider gets.
  func launch(_ provider: String, brand: Int = 1, player: Int = 1) async throws -> (token: String, account: String) {
    let reply = try await call(
      "/internal/game/launch", method: "POST", brand: String(brand),
      body: #"{"player_id":\#(player),"provider":"\#(provider)","game":"slot"}"#)
    try #require(reply.status == 201, "\(reply.text)")
    return (try #require(reply.member("session_token")), try #require(reply.member("account")))
  }

  /// The token that a provider's bets show.
  func play(_ pen: ProviderPen, brand: Int = 1, player: Int = 1) async throws -> (token: String, account: String) {
    let session = try await launch(pen.provider, brand: brand, player: player)
    guard pen.provider == "bti" else { return session }
    let answer = try await callback(pen, ProviderNote(operation: "authenticate", transaction: "t", token: session.token))
    return (try #require(ProviderPen.element("ProviderToken", in: answer.text)), session.account)
  }

  func total(brand: Int = 1, player: Int = 1) async throws -> Int {
    let text = try await database.psql(
      "SELECT coalesce(sum(balance), 0) FROM wallet.wallet_balance WHERE brand_id = \(brand) AND player_id = \(player)")
    return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  func number(_ sql: String) async throws -> Int {
    try #require(Int(try await database.psql(sql).trimmingCharacters(in: .whitespacesAndNewlines)))
  }
}
