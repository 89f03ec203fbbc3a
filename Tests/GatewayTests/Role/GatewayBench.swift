internal import Kernel
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Platform
internal import Postgres
internal import Redis
internal import Security
internal import TestSupport

@testable import Gateway

/// The whole role on real PostgreSQL and Redis, with brands `default` (1, on default.local) and `brand2` (2, on brand2.local), in front of
/// one double of all services.
struct GatewayBench: Sendable {
  let port: Int
  let role: RunningRole
  let upstream: UpstreamServer
  let database: TestDatabase
  let redisServer: TestRedisServer
  let redis: RedisClient
  let tokens: AccessTokenVerifier
  let clock: TestClock

  static let signingKey = "a signing key of the tests"

  static func run(
    settings: [String: String] = [:], upstream: UpstreamServer = UpstreamServer(), waitsForTracking: Bool = true,
    _ body: @escaping @Sendable (GatewayBench) async throws -> Void
  ) async throws {
    try await TestDatabase.lease { database in
      try await TestRedis.lease { server in
        try await prepare(database)
        try await serve(settings, database, server, upstream) { bench in
          if waitsForTracking { try await bench.waitForTracking() }
          try await body(bench)
        }
      }
    }
  }

  private static func prepare(_ database: TestDatabase) async throws {
    try await database.psql(
      "INSERT INTO cordon.brand (brand_id, brand_code, name, status, default_currency) VALUES (2, 'brand2', 'Second', 'enabled', 'USD')")
  }

  private static func serve(
    _ settings: [String: String], _ database: TestDatabase, _ server: TestRedisServer, _ upstream: UpstreamServer,
    _ body: @escaping @Sendable (GatewayBench) async throws -> Void
  ) async throws {
    let upstreamPort = try await upstream.start()
    let url = "http://127.0.0.1:\(upstreamPort)"
    var all = [
      "CORDON_PLAYER_SERVICE_URL": url, "CORDON_WALLET_SERVICE_URL": url, "BRAND_SIGNING_KEY": signingKey,
      "INTERNAL_SERVICE_TOKEN_GATEWAY": "token-of-gateway", "CORDON_RATE_LIMIT_PER_MINUTE": "100000",
    ]
    all.merge(settings) { $1 }
    let logs = LogRecorder()
    let clock = TestClock()
    let context = try RunningRole.context(.gateway, settings: all, logs: logs, clock: clock.wallClock)
    let pool = Database(try DatabaseConfiguration(url: database.url, poolSizeMax: 2), logger: context.logger)
    let redis = RedisClient(try .patient(url: server.url), logger: context.logger)
    let tokens = AccessTokenVerifier(keys: try GatewayKeys.set(GatewayKeys.current))
    let (ports, listening) = AsyncStream<Int>.makeStream()
    let service = try GatewayService(context: context, database: pool, redis: redis, tokens: tokens) { listening.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await redis.run() }
      group.addTask { await pool.run() }
      group.addTask { try await service.run() }
      group.addTask {
        for await port in ports {
          let role = RunningRole(port: port, context: context, logs: logs)
          return try await body(
            GatewayBench(
              port: port, role: role, upstream: upstream, database: database, redisServer: server, redis: redis, tokens: tokens,
              clock: clock))
        }
      }
      // The body's end, or the first failure of anything.
      defer { group.cancelAll() }
      try await group.next()
    }
    await redis.close()
    await pool.close()
    await upstream.stop()
  }

  /// What a production label demands besides; the bench brings its own servers and keys.
  static func productionSecrets(_ environment: String) -> [String: String] {
    guard environment == "production" else { return [:] }
    return [
      "DATABASE_URL": "postgres://unused/unused", "REDIS_URL": "redis://unused", "JWT_PUBLIC_KEYS": #"{"unused":"unused"}"#,
      "BRAND_SIGNING_KEY": signingKey, "INTERNAL_SERVICE_TOKEN_GATEWAY": "token-of-gateway",
    ]
  }
}
