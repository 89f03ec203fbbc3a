import Kernel
import Logging
import Postgres
import TestSupport
import Testing

@testable import Platform

@Suite("The schema that a role needs")
struct SchemaCheckTests {
  private func check<Value: Sendable>(
    at url: String, expected: Int64, _ body: @escaping @Sendable (SchemaCheck, Database) async throws -> Value
  ) async throws -> Value {
    let database = Database(try DatabaseConfiguration(url: url), logger: Logger(label: "test"))
    return try await withThrowingTaskGroup(of: Value?.self) { tasks in
      tasks.addTask {
        await database.run()
        return nil
      }
      let value = try await body(SchemaCheck(database: database, expected: [expected]), database)
      await database.close()
      tasks.cancelAll()
      return value
    }
  }

  @Test("S4-READY-04, S4-START-05 the head of a real database is compared with the expected one")
  func head() async throws {
    try await TestDatabase.lease { lease in
      let head = try await check(at: lease.url, expected: 1) { _, database in try await MigrationHead.read(from: database) }
      try await check(at: lease.url, expected: head) { check, database in
        let actual = try await check.requireExpectedHead()
        #expect(actual == head)
        let outcomes = [await check.readiness.run(), await ReadinessCheck.database(database).run()]
        #expect(outcomes == [.passed, .passed])
      }
      try await check(at: lease.url, expected: head + 1) { check, _ in
        let refusal = try await #require(throws: StartRefused.self) { _ = try await check.requireExpectedHead() }
        #expect(refusal.message.contains("expected \(head + 1), actual \(head)"))
        let outcome = await check.readiness.run()
        #expect(outcome != .passed)
      }
    }
  }

  @Test("S4-READY-03 a database that isn't there fails its check by name")
  func unreachable() async throws {
    let port = try FreePort.next()
    try await check(at: "postgresql://u@127.0.0.1:\(port)/d", expected: 1) { check, database in
      let outcomes = [await ReadinessCheck.database(database).run(), await check.readiness.run()]
      #expect(outcomes.allSatisfy { !$0.isPassed })
    }
  }

  @Test(
    "the server's refusals become the answer that they mean",
    arguments: [
      ("CB001", ProblemReason.brandRequired), ("40001", .unavailable), ("40P01", .unavailable), ("57P01", .unavailable),
      ("53300", .unavailable),
      ("25006", .unavailable), ("23505", .internalError), ("42501", .internalError),
    ])
  func states(state: String, reason: ProblemReason) {
    let error = PostgresError(.server, "refused", sqlState: SQLState(rawValue: state), operation: "test")
    #expect(FailureRules.problem(from: error).reason == reason)
  }
}
