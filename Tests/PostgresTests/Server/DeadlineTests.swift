import Kernel
import Postgres
import TestSupport
import Testing

@Suite("deadlines and cancellation")
struct DeadlineTests {
  /// How many sessions of this database still run our sleep.
  private func sleepers(_ lease: TestDatabase) async throws -> String {
    try await lease.psql(
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()"
    )
  }

  @Test("a statement that takes too long: deadline exceeded, nothing committed, and the server gives the orphan up")
  func statement() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, lease in
      try await database.run("CREATE TABLE t (a bigint)")
      let start = ContinuousClock.now
      let error = try await postgresError {
        try await database.withBrand(brand(1), deadline: .seconds(2)) { transaction in
          try await transaction.execute("INSERT INTO t VALUES (1)")
          try await transaction.execute("SELECT pg_sleep(600)")
        }
      }
      #expect(error.kind == .deadlineExceeded)
      #expect(error.operation == "SELECT pg_sleep(600)")
      #expect(ContinuousClock.now - start < .seconds(20))
      #expect(database.status.idle == 0)
      try await eventually("the server to end the orphan") { try await sleepers(lease) == "0" }
      #expect(try await lease.psql("SELECT count(*) FROM cordon.t") == "0")
      try await database.ping()
    }
  }

  @Test("COMMIT that takes too long: unknown")
  func commit() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      try await database.run(
        "CREATE TABLE t (a bigint)",
        "CREATE FUNCTION doze() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$",
        "CREATE CONSTRAINT TRIGGER doze AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION doze()")
      let error = try await postgresError {
        _ = try await database.withBrand(brand(1), deadline: .seconds(2)) { try await $0.execute("INSERT INTO t VALUES (1)") }
      }
      #expect(error.kind == .outcomeUnknown)
    }
  }

  @Test("a deadline that passes in the body: COMMIT is not sent")
  func body() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, lease in
      try await database.run("CREATE TABLE t (a bigint)")
      let error = try await postgresError {
        try await database.withBrand(brand(1), deadline: .seconds(2)) { transaction in
          try await transaction.execute("INSERT INTO t VALUES (1)")
          try await Task.sleep(for: .milliseconds(2100))
        }
      }
      #expect(error.kind == .deadlineExceeded)
      #expect(error.operation == "commit")
      #expect(try await lease.psql("SELECT count(*) FROM cordon.t") == "0")
    }
  }

  @Test("a deadline longer than the default lifts the server's guards for its transaction")
  func longDeadline() async throws {
    try await withEmptyDatabase(poolSizeMax: 1, adjust: { $0.defaultDeadline = .seconds(3) }) { database, _ in
      let setting: SQL = "SELECT current_setting('statement_timeout') AS value"
      #expect(try await database.value(setting) == "5s")
      let lifted: String = try await database.withBrand(brand(1), deadline: .seconds(58)) { transaction in
        try #require(await transaction.query(setting).first).get("value")
      }
      #expect(lifted == "1min")
      #expect(try await database.value(setting) == "5s")
    }
  }

  @Test("a cancelled task stops at once, and nothing is committed")
  func cancelledStatement() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, lease in
      try await database.run("CREATE TABLE t (a bigint)")
      let result = try await withThrowingTaskGroup(of: PostgresError.Kind?.self) { group in
        group.addTask {
          do {
            try await database.withBrand(brand(1)) { transaction in
              try await transaction.execute("INSERT INTO t VALUES (1)")
              try await transaction.execute("SELECT pg_sleep(600)")
            }
            return nil
          } catch let error as PostgresError { return error.kind }
        }
        try await eventually("the statement to run") { try await sleepers(lease) == "1" }
        group.cancelAll()
        return try await group.next()
      }
      #expect(result == .some(.deadlineExceeded))
      try await eventually("the server to end the orphan") { try await sleepers(lease) == "0" }
      #expect(try await lease.psql("SELECT count(*) FROM cordon.t") == "0")
      #expect(database.status.leased == 0)
      try await database.ping()
    }
  }

  @Test("a task cancelled before COMMIT was sent: certain; after it: unknown")
  func cancelledCommit() async throws {
    try await withEmptyDatabase(poolSizeMax: 2) { database, lease in
      try await database.run(
        "CREATE TABLE t (a bigint)",
        "CREATE FUNCTION doze() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$",
        "CREATE CONSTRAINT TRIGGER doze AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION doze()")
      for sendsCommit in [false, true] {
        let result = try await withThrowingTaskGroup(of: PostgresError.Kind?.self) { group in
          let reached = Gate()
          group.addTask {
            do {
              try await database.withBrand(brand(1)) { transaction in
                try await transaction.execute("INSERT INTO t VALUES (1)")
                reached.open()
                while !sendsCommit, !Task.isCancelled { await Task.yield() }
              }
              return nil
            } catch let error as PostgresError { return error.kind }
          }
          await reached.wait()
          if sendsCommit {
            try await eventually("COMMIT to run") {
              try await lease.psql(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'COMMIT' AND state = 'active'") == "1"
            }
          }
          group.cancelAll()
          return try await group.next()
        }
        #expect(result == .some(sendsCommit ? .outcomeUnknown : .deadlineExceeded))
      }
    }
  }
}
