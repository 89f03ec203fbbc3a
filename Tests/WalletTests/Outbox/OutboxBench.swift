import Foundation
import Kernel
import Platform
import Postgres
import Redis
import TestSupport
import Testing

@testable import Wallet

/// A wallet with its outbox worker, which publishes when the test says so, and a Redis of its own.
struct OutboxBench: Sendable {
  let wallet: WalletBench
  let redisServer: TestRedisServer
  let redis: RedisClient
  let worker: OutboxWorker
  let registry: MetricsRegistry
  let logs: LogRecorder

  static func run(_ body: @escaping @Sendable (OutboxBench) async throws -> Void) async throws {
    try await WalletBench.run { wallet in
      try await TestRedis.lease { server in
        let logger = wallet.role.context.logger
        let redis = RedisClient(try .patient(url: server.url), logger: logger)
        try await withThrowingTaskGroup { group in
          group.addTask { await redis.run() }
          defer { group.cancelAll() }
          let registry = MetricsRegistry()
          let bench = OutboxBench(
            wallet: wallet, redisServer: server, redis: redis,
            worker: Self.worker(wallet, redis, registry), registry: registry, logs: wallet.role.logs)
          try await body(bench)
        }
      }
    }
  }

  static func worker(
    _ wallet: WalletBench, _ redis: RedisClient, _ registry: MetricsRegistry,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) -> OutboxWorker {
    OutboxWorker(
      .wallet, database: wallet.app, redis: redis, catalog: BrandCatalog(database: wallet.app), registry: registry,
      logger: wallet.role.context.logger, now: now)
  }

  /// The whole stream: each entry's fields by name.
  func stream() async throws -> [[String: String]] {
    let reply = try await redis.send(["XRANGE", "wallet:events", "-", "+"])
    return (reply.array ?? []).map { entry in
      let fields = (entry.array?.last?.array ?? []).compactMap(\.text)
      return Dictionary(uniqueKeysWithValues: stride(from: 0, to: fields.count - 1, by: 2).map { (fields[$0], fields[$0 + 1]) })
    }
  }

  func metric(_ name: String, brand: String) -> Double? {
    registry.exposition(.prometheus).split(separator: "\n")
      .first { $0.hasPrefix(name + "{") && $0.contains("brand_code=\"\(brand)\"") }?.split(separator: " ").last.flatMap { Double($0) }
  }

  /// The event ids of a brand in the order of their causes.
  func eventIDs(brand: Int, player: Int? = nil) async throws -> [String] {
    try await wallet.database.psql(
      """
      SELECT event_id FROM wallet.wallet_outbox
      WHERE brand_id = \(brand) AND (\(player ?? 0) = 0 OR (payload ->> 'player_id')::bigint = \(player ?? 0)) ORDER BY sequence
      """
    ).split(separator: "\n").map(String.init)
  }

  func count(_ condition: String) async throws -> Int {
    Int(try await wallet.database.psql("SELECT count(*) FROM wallet.wallet_outbox WHERE \(condition)")) ?? -1
  }

  /// Spoils the payload of the brand's last event and makes it look a minute old; returns the sound payload.
  func poison(_ event: String, brand: Int = 1) async throws -> String {
    let sound = try await wallet.database.psql(
      "SELECT payload FROM wallet.wallet_outbox WHERE brand_id = \(brand) AND event_id = '\(event)'")
    try await wallet.database.psql(
      "UPDATE wallet.wallet_outbox SET payload = payload - 'event_id' WHERE brand_id = \(brand) AND event_id = '\(event)'")
    return sound
  }

  /// Moves the brand's waiting events into the past, so that nothing has to wait for time to pass.
  func age(brand: Int, seconds: Int) async throws {
    try await wallet.database.psql(
      "UPDATE wallet.wallet_outbox SET created_at = created_at - interval '\(seconds) s' WHERE brand_id = \(brand) AND published_at IS NULL"
    )
  }
}
