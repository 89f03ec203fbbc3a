import AsyncHTTPClient
import Contracts
import Evidence
import Foundation
import HTTPTypes
import Kernel
import NIOCore
import Platform
import Postgres
import Security
import TestSupport
import NIOHTTP1
import Testing

@testable import Wallet

/// A running wallet with two brands on a database of its own: `default` (EUR) and `brand2` (USD), each with a player 1.
/// Only the first brand has player 2; both have the same number 1 on purpose.
struct WalletBench: Sendable {
  static let tokens: [CallerLabel: String] = [
    .game: "game-token-0123456789abcdef", .admin: "admin-token-0123456789abcdef", .gateway: "gateway-token-0123456789abcdef",
    .recon: "recon-token-0123456789abcdef", .promotion: "promotion-token-0123456789abcdef",
  ]

  let role: RunningRole
  let endpoints: [Endpoint]
  let database: TestDatabase
  let app: Database

  /// - Parameter primes: false for a service that takes requests without having read what it must know.
  static func run(
    enforcement: EnforcementMode = .enforce, primes: Bool = true, payments: PlisioMaterial? = nil, witnesses: TrustPolicy? = nil,
    settings: [String: String] = [:], clock: WallClock = .system, _ body: @escaping @Sendable (WalletBench) async throws -> Void
  ) async throws {
    try await TestDatabase.lease { database in
      try await prepare(database)
      let logs = LogRecorder()
      let context = try RunningRole.context(
        .walletService, settings: settings.merging(["MULTI_BRAND_ENFORCEMENT": enforcement.rawValue]) { $1 }, logs: logs, clock: clock)
      var configuration = try DatabaseConfiguration(url: database.url, poolSizeMax: 8)
      // The tests are about what happens, not about how fast: a loaded machine must not turn answers into refusals.
      configuration.defaultDeadline = .seconds(60)
      let app = Database(configuration, logger: context.logger)
      configuration.sessionSettings = WalletService.commandSessionSettings
      let commandDatabase = Database(configuration, logger: context.logger)
      let catalog = BrandCatalog(database: app)
      let service = WalletService(
        context: context, database: app, commandDatabase: commandDatabase, catalog: catalog, cursorSecret: "a secret of the tests",
        payments: payments, witnesses: witnesses)
      if primes { try await service.prime() }
      let requestGuard = RoleGuard(
        callers: CallerGuard(verifier: try CallerTokenVerifier(CallerTokens(active: tokens)), metrics: context.metrics),
        brands: BrandHeaderGuard(mode: enforcement, metrics: context.metrics), brandCode: { try await catalog.brand($0)?.code })
      try await RunningRole.serve(service.endpoints, context: context, requestGuard: requestGuard, logs: logs) { role in
        try await body(WalletBench(role: role, endpoints: service.endpoints, database: database, app: app))
      }
      await app.close()
      await commandDatabase.close()
    }
  }

  private static func prepare(_ database: TestDatabase) async throws {
    try await database.psql(
      """
      INSERT INTO cordon.brand (brand_id, brand_code, name, status, default_currency) VALUES (2, 'brand2', 'Second', 'enabled', 'USD');
      """)
    for brand in [1, 2] {
      try await database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '\(brand)', true);
        INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES (\(brand), 1, 'alice', 'alice', 'none');
        INSERT INTO wallet.wallet_topology (brand_id, version, document, created_by) VALUES (\(brand), 1, '{"buckets":
          [{"name":"cash","withdrawable":true},{"name":"bonus","withdrawable":false}],"bet_order":["bonus","cash"],
          "deposit_bucket":"cash","win_bucket":"cash","bonus_bucket":"bonus"}', 'test');
        INSERT INTO wallet.wallet_policy (brand_id, version, document, created_by)
          VALUES (\(brand), 1, '{"limits":{"authorize":{"min":1,"max":\(brand == 1 ? 100_000 : 500)}},
            "transfers":[{"from":"cash","to":"bonus"}],
            "providers":{"strict":{"unknown_rollback":"refuse","rollback_after_settle":"reverse"}}}', 'test');
        UPDATE wallet.wallet_topology SET status = 'active', activated_by = 'test', activated_at = now() WHERE brand_id = \(brand);
        UPDATE wallet.wallet_policy SET status = 'active', activated_by = 'test', activated_at = now() WHERE brand_id = \(brand);
        COMMIT;
        """)
    }
    try await database.psql(
      """
      BEGIN; SELECT set_config('app.brand_id', '1', true);
      INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES (1, 2, 'bob', 'bob', 'none');
      COMMIT;
      """)
  }

  // MARK: Calls

  /// One HTTP call of another role. Headers given as nil are left out.
  func send(
    _ path: String, method: String = "POST", as caller: CallerLabel = .game, brand: String? = "1", key: String? = nil,
    body: String? = nil,
    headers: [String: String] = [:]
  ) async throws -> WalletCall {
    try await send(path, method: method, as: caller, brand: brand, key: key, bytes: body.map { Array($0.utf8) }, headers: headers)
  }

  /// The same with a body that needs not be text.
  func send(
    _ path: String, method: String = "POST", as caller: CallerLabel = .game, brand: String? = "1", key: String? = nil,
    bytes body: [UInt8]?,
    headers: [String: String] = [:]
  ) async throws -> WalletCall {
    var request = HTTPClientRequest(url: role.url + path)
    request.method = .init(rawValue: method)
    request.headers.add(name: HeaderNames.internalServiceToken, value: Self.tokens[caller] ?? "")
    request.headers.add(name: HeaderNames.callerService, value: caller.rawValue)
    if let brand { request.headers.add(name: HeaderNames.brandID, value: brand) }
    if let key { request.headers.add(name: HeaderNames.idempotencyKey, value: key) }
    for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
    if let body {
      request.headers.add(name: "content-type", value: "application/json")
      request.body = .bytes(ByteBuffer(bytes: body))
    }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
    let bytes = try await response.body.collect(upTo: 1 << 20)
    return WalletCall(
      status: Int(response.status.code), headers: response.headers.reduce(into: [:]) { $0[$1.name.lowercased()] = $1.value },
      text: String(buffer: bytes))
  }

  func get(_ path: String, brand: String? = "1") async throws -> WalletCall { try await send(path, method: "GET", brand: brand) }

  @discardableResult
  func deposit(_ amount: Int, player: Int = 1, brand: Int = 1, key: String = UUID().uuidString) async throws -> WalletCall {
    try await send(
      "/internal/wallet/deposit", as: .admin, brand: String(brand), key: key,
      body: #"{"player_id":\#(player),"amount":\#(amount),"currency":"\#(Self.currency(brand))"}"#)
  }

  @discardableResult
  func bet(_ amount: Int, reference: String, player: Int = 1, brand: Int = 1, key: String? = nil) async throws -> WalletCall {
    try await send(
      "/internal/wallet/authorize", brand: String(brand), key: key ?? "bet-\(reference)",
      body:
        #"{"player_id":\#(player),"amount":\#(amount),"currency":"\#(Self.currency(brand))","provider":"mg","reference":"\#(reference)"}"#)
  }

  @discardableResult
  func settle(_ amount: Int, reference: String, player: Int = 1, brand: Int = 1, key: String? = nil) async throws -> WalletCall {
    try await send(
      "/internal/wallet/settle", brand: String(brand), key: key ?? "win-\(reference)",
      body:
        #"{"player_id":\#(player),"amount":\#(amount),"currency":"\#(Self.currency(brand))","provider":"mg","reference":"\#(reference)"}"#)
  }

  @discardableResult
  func rollback(reference: String, player: Int = 1, brand: Int = 1, key: String? = nil) async throws -> WalletCall {
    try await send(
      "/internal/wallet/rollback", brand: String(brand), key: key ?? "back-\(reference)",
      body: #"{"player_id":\#(player),"provider":"mg","reference":"\#(reference)"}"#)
  }

  /// Any command of a role: its path and the members of its body beside the player.
  @discardableResult
  func command(_ path: String, _ members: String, player: Int = 1, brand: Int = 1, key: String = UUID().uuidString) async throws
    -> WalletCall
  {
    try await send(
      "/internal/wallet/\(path)", as: .promotion, brand: String(brand), key: key, body: #"{"player_id":\#(player),\#(members)}"#)
  }

  static func currency(_ brand: Int) -> String { brand == 1 ? "EUR" : "USD" }

  /// Replaces brand 1's active document.
  func activate(_ table: String, _ document: String) async throws {
    try await database.psql(
      """
      BEGIN; SELECT set_config('app.brand_id', '1', true);
      UPDATE wallet.\(table) SET status = 'retired', retired_at = now() WHERE brand_id = 1 AND status = 'active';
      INSERT INTO wallet.\(table) (brand_id, version, document, created_by) VALUES (1, 2, '\(document)', 'test');
      UPDATE wallet.\(table) SET status = 'active', activated_by = 'test', activated_at = now() WHERE brand_id = 1 AND version = 2;
      COMMIT;
      """)
  }

  // MARK: What the books say

  /// Everything that a brand's money consists of, as text: equal texts mean that nothing of the brand changed.
  func books(of brand: Int) async throws -> String {
    try await database.psql(
      """
      SELECT 'balance', player_id, bucket, currency, balance FROM wallet.wallet_balance WHERE brand_id = \(brand) ORDER BY 2, 3;
      SELECT 'transaction', transaction_id, state, amount FROM wallet.wallet_transaction WHERE brand_id = \(brand) ORDER BY 2;
      SELECT 'ledger', count(*), coalesce(sum(amount), 0) FROM wallet.wallet_ledger WHERE brand_id = \(brand);
      SELECT 'command', count(*) FROM wallet.wallet_command WHERE brand_id = \(brand);
      """)
  }

  func balance(_ bucket: String = "cash", player: Int = 1, brand: Int = 1) async throws -> Int {
    let text = try await database.psql(
      "SELECT coalesce((SELECT balance FROM wallet.wallet_balance WHERE brand_id = \(brand) AND player_id = \(player) AND bucket = '\(bucket)'), 0)"
    )
    return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  /// No bucket differs from its postings, and every brand's postings sum to zero.
  func expectBalancedBooks(_ location: SourceLocation = #_sourceLocation) async throws {
    let text = try await database.psql(
      """
      SELECT (SELECT count(*) FROM wallet.v_bucket_difference) + (SELECT count(*) FROM (SELECT brand_id, currency FROM wallet.wallet_ledger
        GROUP BY brand_id, currency HAVING sum(amount) <> 0) AS unbalanced)
      """)
    #expect(text.trimmingCharacters(in: .whitespacesAndNewlines) == "0", sourceLocation: location)
  }
}
