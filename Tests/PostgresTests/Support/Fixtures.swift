import Kernel
import Logging
import Postgres
import TestSupport
import Testing

let quiet = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }

/// A brand for tests that only need some brand.
func brand(_ number: Int64) throws -> BrandID { try #require(BrandID(number)) }

/// A database of the test's own without any table, through a pool that is closed afterwards.
@discardableResult
func withEmptyDatabase<T>(
  poolSizeMax: Int = 4, gate: (any WriteGate)? = nil, adjust: (inout DatabaseConfiguration) -> Void = { _ in },
  _ body: (Database, TestDatabase) async throws -> T
) async throws -> T {
  try await TestDatabase.leaseEmpty { lease in
    try await lease.psql("CREATE SCHEMA cordon")
    return try await withDatabase(lease.superuserURL, poolSizeMax: poolSizeMax, gate: gate, adjust: adjust) { try await body($0, lease) }
  }
}

@discardableResult
func withDatabase<T>(
  _ url: String, poolSizeMax: Int = 4, gate: (any WriteGate)? = nil, adjust: (inout DatabaseConfiguration) -> Void = { _ in },
  _ body: (Database) async throws -> T
) async throws -> T {
  var configuration = try DatabaseConfiguration(url: url, poolSizeMax: poolSizeMax)
  // Generous, so that only a test that is about deadlines meets one.
  configuration.defaultDeadline = .seconds(30)
  configuration.connectTimeout = .seconds(30)
  configuration.closeGrace = .seconds(2)
  adjust(&configuration)
  let database = Database(configuration, logger: quiet, gate: gate)
  do {
    let value = try await body(database)
    await database.close()
    return value
  } catch {
    await database.close()
    throw error
  }
}

/// The error that the body throws; the test fails when it throws none or another type.
func postgresError(_ body: () async throws -> Void) async throws -> PostgresError {
  do {
    try await body()
  } catch let error as PostgresError {
    return error
  }
  throw NothingThrown()
}

struct NothingThrown: Error {}

/// What a body throws by itself.
struct BodyFailure: Error, Equatable {}

extension Database {
  /// One value of one platform query.
  func value<T: PostgresDecodable>(_ sql: SQL, as: T.Type = T.self) async throws -> T {
    try await withPlatform { transaction in try #require(await transaction.query(sql).first).get("value", as: T.self) }
  }

  func run(_ statements: SQL...) async throws {
    try await withPlatform { transaction in _ = try await transaction.finishing(statements) }
  }
}
