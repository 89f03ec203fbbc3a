import Crypto
import Foundation
import Kernel
import Logging
import Platform
import Redis
import TestSupport
import Testing

@testable import Wallet

/// A wallet that takes Plisio's callbacks, and a Plisio that signs them. `default` has a secret of its own, `brand2` the common one.
struct PaymentBench: Sendable {
  static let commonSecret = "the-common-secret-of-the-tests"
  static let ownSecret = "the-secret-of-the-default-brand"

  let wallet: WalletBench
  let redis: RedisClient
  let redisServer: TestRedisServer

  /// - Parameter environment: its label; anything but a development's is production-grade.
  static func run(environment: String = "test", _ body: @escaping @Sendable (PaymentBench) async throws -> Void) async throws {
    try await TestRedis.lease { server in
      let redis = RedisClient(try .patient(url: server.url), logger: Logger(label: "payments") { _ in SwiftLogNoOpLogHandler() })
      let secrets = try #require(PlisioSecrets(common: commonSecret, byBrand: ["default": ownSecret]))
      let material = PlisioMaterial(redis: redis, secrets: secrets, toleranceSeconds: 300)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await redis.run() }
        defer { group.cancelAll() }
        try await WalletBench.run(payments: material, settings: settings(environment)) { wallet in
          try await body(PaymentBench(wallet: wallet, redis: redis, redisServer: server))
        }
      }
    }
  }

  /// What a production-grade start insists on; nothing here connects to it.
  private static func settings(_ environment: String) -> [String: String] {
    guard environment != "test" else { return [:] }
    return [
      "CORDON_ENV": environment, "DATABASE_URL": "postgresql://a:b@localhost/d", "REDIS_URL": "redis://localhost",
      "BRAND_SIGNING_KEY": "a-signing-key-of-the-tests-0123456789",
    ]
  }

  // MARK: Plisio

  /// The members that Plisio sends, some of which nobody must ever see in a log.
  static func body(
    _ order: String, payment: String = "pay-1", status: String = "completed", amount: String = "12.50", currency: String = "EUR",
    age: Int64 = 0
  ) -> String {
    """
    {"txn_id":"\(payment)","ipn_type":"invoice","merchant":"Shop","amount":"0.00021","currency":"BTC","order_number":"\(order)",
     "status":"\(status)","source_amount":"\(amount)","source_currency":"\(currency)","wallet_hash":"bc1q-secret-wallet-address",
     "tx_urls":["https://chain.example/tx/secret-transaction"],"confirmations":3,"timestamp":\(WallClock.system.now().seconds - age)}
    """
  }

  static func signature(_ body: String, _ secret: String) -> String { signature(Array(body.utf8), secret) }

  static func signature(_ body: [UInt8], _ secret: String) -> String {
    Hexadecimal.encode(HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8))))
  }

  /// A callback as the gateway forwards it.
  /// - Parameter signature: nil signs with the brand's secret.
  func call(_ body: String, brand: Int = 1, signature: String?? = .none) async throws -> WalletCall {
    try await call(Array(body.utf8), brand: brand, signature: signature)
  }

  func call(_ body: [UInt8], brand: Int = 1, signature: String?? = .none) async throws -> WalletCall {
    let signed = signature ?? Self.signature(body, brand == 1 ? Self.ownSecret : Self.commonSecret)
    return try await wallet.send(
      "/v1/payments/plisio/callback", as: .gateway, brand: String(brand), bytes: body,
      headers: signed.map { ["x-plisio-signature": $0] } ?? [:])
  }

  func outcome(_ body: String, brand: Int = 1) async throws -> String {
    let call = try await call(body, brand: brand)
    return call.status == 200 ? call.text("outcome") ?? "-" : "\(call.status) \(call.reason ?? "")"
  }

  // MARK: The wallet behind it

  /// A deposit of 12.50 that player 1 has announced.
  func pendingDeposit(_ amount: Int = 1250, brand: Int = 1) async throws -> String {
    let call = try await wallet.send(
      "/v1/wallet/deposits", as: .gateway, brand: String(brand), key: UUID().uuidString,
      body: #"{"amount":\#(amount),"currency":"\#(WalletBench.currency(brand))"}"#,
      headers: ["x-player-id": "1", "x-session-id": "s-1"])
    return try call.transactionID
  }

  /// `payment|status|outcome|reason|bonus` of every recorded callback of the brand.
  func recorded(brand: Int = 1) async throws -> [String] {
    try await wallet.database.psql(
      """
      SELECT concat_ws('|', payment_id, status, outcome, coalesce(reason, '-'), bonus_amount) FROM wallet.payment_callback
      WHERE brand_id = \(brand) ORDER BY created_at, payment_id, status
      """
    ).split(separator: "\n").map { String($0) }
  }

  func credits(brand: Int = 1) async throws -> String {
    try await wallet.database.psql(
      "SELECT count(*) FROM wallet.wallet_ledger WHERE brand_id = \(brand) AND account = 'cash' AND amount > 0 AND request_id LIKE '%:plisio:%'"
    ).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func metric(_ name: String, _ labels: [String: String]) -> Double { wallet.role.metric(name, labels) ?? 0 }
}
