import Composition
import Logging
import Platform
import Postgres
import Redis
import Security
import TestSupport

/// A database and a Redis of a test's own, with clients that run.
struct SeedBench: Sendable {
  let database: TestDatabase
  let app: Database
  let redis: RedisClient

  static func run(_ body: @escaping @Sendable (SeedBench) async throws -> Void) async throws {
    try await TestDatabase.lease { database in
      try await TestRedis.lease { server in
        let logger = Logger(label: "seed-tests") { _ in SwiftLogNoOpLogHandler() }
        let app = Database(try DatabaseConfiguration(url: database.url, poolSizeMax: 4), logger: logger)
        let redis = RedisClient(try .patient(url: server.url), logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { await redis.run() }
          defer { group.cancelAll() }
          try await body(SeedBench(database: database, app: app, redis: redis))
        }
        await app.close()
      }
    }
  }

  @discardableResult
  func seed(_ options: SeedOptions = SeedOptions(includesLocalBanks: true)) async throws -> SeedReport {
    let cipher = try PersonalDataCipher(currentKey: "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", currentKeyID: "test-1")
    let hasher = try PasswordHasher(cost: .least)
    return try await TwoBrandSeed(database: app, redis: redis, hasher: hasher, cipher: cipher).run(options)
  }

  func findings() async throws -> [BackfillFinding] { try await BackfillVerification(database: app, redis: redis).findings() }

  func value(_ key: String) async throws -> String? {
    try await redis.get(key).map { String(decoding: $0, as: UTF8.self) }
  }
}
