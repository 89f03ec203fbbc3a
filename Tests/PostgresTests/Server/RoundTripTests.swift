import Kernel
import Postgres
import TestSupport
import Testing

/// Counted by a proxy before the server: how often the client spoke after the server had spoken.
@Suite("round trips")
struct RoundTripTests {
  private func count(_ work: (Database) async throws -> Void) async throws -> Int {
    try await withEmptyDatabase { database, lease in
      try await database.run("CREATE TABLE t (a bigint)")
      let proxy = try ServerProxy(before: lease.superuserURL)
      defer { proxy.close() }
      return try await withDatabase(proxy.url, poolSizeMax: 1) { database in
        try await database.ping()
        let before = proxy.roundTrips
        try await work(database)
        return proxy.roundTrips - before
      }
    }
  }

  @Test("BEGIN, the brand and the first statement are one; COMMIT is the second")
  func firstStatement() async throws {
    let count = try await count { database in
      try await database.withBrand(brand(1)) { _ = try await $0.query("SELECT \(1)") }
    }
    #expect(count == 2)
  }

  @Test("statements, the brand and COMMIT are one when they are sent to finish")
  func finishing() async throws {
    let count = try await count { database in
      try await database.withBrand(brand(1)) { transaction in
        _ = try await transaction.finishing(["INSERT INTO t VALUES (\(1))", "INSERT INTO t VALUES (\(2))", "SELECT count(*) FROM t"])
      }
    }
    #expect(count == 1)
  }

  @Test("a pipeline of a hundred statements is one")
  func pipeline() async throws {
    let count = try await count { database in
      try await database.withBrand(brand(1)) { transaction in
        _ = try await transaction.pipeline((0..<100).map { "INSERT INTO t VALUES (\($0))" })
        _ = try await transaction.finishing([])
      }
    }
    #expect(count == 2)
  }

  @Test("a transaction without any statement sends nothing")
  func nothing() async throws {
    let count = try await count { database in
      try await database.withBrand(brand(1)) { _ in }
      _ = try? await database.withBrand(brand(1)) { _ in throw BodyFailure() }
    }
    #expect(count == 0)
  }

  @Test("a pipeline larger than every buffer on the way doesn't get stuck")
  func largePipeline() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      let text = String(repeating: "x", count: 1_000_000)
      try await database.withPlatform { transaction in
        let answers = try await transaction.pipeline((0..<24).map { _ in "SELECT \(text) AS a" })
        #expect(try answers.allSatisfy { try $0.first?.get("a", as: String.self).utf8.count == 1_000_000 })
      }
    }
  }
}
