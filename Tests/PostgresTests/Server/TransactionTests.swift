import Kernel
import Postgres
import TestSupport
import Testing

@Suite("transactions")
struct TransactionTests {
  private static let context: SQL = "SELECT coalesce(current_setting('app.brand_id', true), '') AS value"

  private func context(_ transaction: BrandTransaction) async throws -> String {
    try #require(await transaction.query(Self.context).first).get("value")
  }

  @Test("the brand is in the session inside the transaction, and gone after it")
  func brandContext() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      for number in [1, 2] as [Int64] {
        try await database.withBrand(brand(number)) { transaction in
          #expect(transaction.brand.rawValue == number)
          let seen = try await context(transaction)
          #expect(seen == String(number))
        }
        #expect(try await database.value(Self.context) == "")
      }
      _ = try? await database.withBrand(brand(3)) { transaction in
        _ = try await context(transaction)
        throw BodyFailure()
      }
      #expect(try await database.value(Self.context) == "")
      #expect(database.status == PoolStatus(idle: 1, leased: 0, waiting: 0, max: 1, unreachableSince: nil))
    }
  }

  @Test("the brand belongs to the transaction, not to the session")
  func brandIsLocal() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      try await database.withBrand(brand(1)) { _ = try await context($0) }
      let left: String = try await database.withPlatform { transaction in
        // Undoes what this transaction set itself, and shows what the session holds.
        try await transaction.execute("ROLLBACK AND CHAIN")
        return try #require(await transaction.query(Self.context).first).get("value")
      }
      #expect(left == "")
    }
  }

  @Test("a platform transaction carries no brand even if the session was poisoned with one")
  func poisonedSession() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      try await database.run("SELECT set_config('app.brand_id', '7', false)")
      #expect(try await database.value(Self.context) == "")
      #expect(try await database.withBrand(brand(2)) { try await context($0) } == "2")
    }
  }

  @Test("a body that returns is committed, a body that throws is rolled back")
  func commitAndRollBack() async throws {
    try await withEmptyDatabase { database, lease in
      try await database.run("CREATE TABLE t (a bigint PRIMARY KEY)")
      try await database.withBrand(brand(1)) { try await $0.execute("INSERT INTO t VALUES (1)") }
      await #expect(throws: BodyFailure.self) {
        try await database.withBrand(brand(1)) { transaction in
          try await transaction.execute("INSERT INTO t VALUES (2)")
          throw BodyFailure()
        }
      }
      #expect(try await lease.psql("SELECT string_agg(a::text, ',') FROM cordon.t") == "1")
    }
  }

  @Test("statements report how many rows they touched, and pipelines answer in order")
  func affected() async throws {
    try await withEmptyDatabase { database, _ in
      try await database.withPlatform { transaction in
        try await transaction.execute("CREATE TABLE t (a bigint PRIMARY KEY)")
        #expect(try await transaction.execute("INSERT INTO t SELECT generate_series(1, 5)") == 5)
        #expect(try await transaction.execute("UPDATE t SET a = a + 100 WHERE a > \(2)") == 3)
        #expect(try await transaction.execute("DELETE FROM t WHERE a = \(77)") == 0)
        let answers = try await transaction.pipeline(["SELECT \("x") AS v", "SELECT \("y") AS v", "SELECT 1 WHERE false"])
        #expect(answers.count == 3)
        #expect(try answers[1].first?.get("v", as: String.self) == "y")
        #expect(answers[2].isEmpty)
        #expect(try await transaction.pipeline([]).isEmpty)
      }
    }
  }

  @Test("a violated constraint is named, and what holds its values is not in the error")
  func constraint() async throws {
    try await withEmptyDatabase { database, _ in
      try await database.run("CREATE TABLE t (mail text CONSTRAINT one_mail UNIQUE)")
      try await database.run("INSERT INTO t VALUES ('secret@example.org')")
      let error = try await postgresError { try await database.run("INSERT INTO t VALUES (\("secret@example.org"))") }
      #expect(error.kind == .server)
      #expect(error.sqlState == .uniqueViolation)
      #expect(error.constraint == "one_mail")
      #expect(error.table == "t")
      #expect(error.operation == "INSERT INTO t VALUES ($1)")
      #expect(!error.description.contains("secret"))
    }
  }

  @Test("a swallowed failure is still a failure: nothing is committed, and the caller learns it")
  func swallowedFailure() async throws {
    try await withEmptyDatabase { database, lease in
      try await database.run("CREATE TABLE t (a bigint PRIMARY KEY)")
      let error = try await postgresError {
        try await database.withBrand(brand(1)) { transaction in
          try await transaction.execute("INSERT INTO t VALUES (1)")
          _ = try? await transaction.execute("INSERT INTO t VALUES (1)")
          let second = try await postgresError { try await transaction.execute("INSERT INTO t VALUES (2)") }
          #expect(second.sqlState == .inFailedTransaction)
        }
      }
      #expect(error.sqlState == .uniqueViolation)
      #expect(try await lease.psql("SELECT count(*) FROM cordon.t") == "0")
    }
  }

  @Test("a body that ends its transaction by itself can't go on outside it", arguments: ["ROLLBACK", "COMMIT", "ROLLBACK; BEGIN"])
  func endedInside(statement: String) async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      let error = try await postgresError {
        try await database.withPlatform { transaction in
          _ = try? await transaction.execute("\(unsafe: statement)")
          try await transaction.execute("SELECT 1")
        }
      }
      #expect(error.sqlState == .inFailedTransaction)
      // Two statements in one text are refused by the server itself.
      #expect(error.kind == (statement.contains(";") ? .server : .misuse))
      #expect(try await database.value("SELECT 1::bigint AS value", as: Int64.self) == 1)
    }
  }

  @Test("a body that rolls back and commits in one go gets no acknowledgement")
  func endedInFinishing() async throws {
    try await withEmptyDatabase { database, _ in
      try await database.run("CREATE TABLE t (a bigint)")
      let error = try await postgresError {
        try await database.withBrand(brand(1)) { transaction in
          _ = try await transaction.finishing(["INSERT INTO t VALUES (1)", "ROLLBACK"])
        }
      }
      #expect(error.kind == .misuse)
    }
  }

  // MARK: Misuse

  @Test("a transaction that outlived its body can do nothing")
  func escaped() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      let escaped = try await database.withBrand(brand(1)) { $0 }
      let used = try await database.withBrand(brand(1)) { transaction in
        _ = try await context(transaction)
        return transaction
      }
      for transaction in [escaped, used] {
        let error = try await postgresError { _ = try await transaction.query("SELECT 1") }
        #expect(error.kind == .misuse)
      }
      // Also while the same connection serves another brand.
      try await database.withBrand(brand(2)) { transaction in
        _ = try await context(transaction)
        let error = try await postgresError { _ = try await escaped.query("SELECT 1") }
        #expect(error.kind == .misuse)
        #expect(try await context(transaction) == "2")
      }
    }
  }

  @Test("after finishing a transaction is over")
  func afterFinishing() async throws {
    try await withEmptyDatabase { database, lease in
      try await database.run("CREATE TABLE t (a bigint)")
      try await database.withBrand(brand(1)) { transaction in
        let answers = try await transaction.finishing(["INSERT INTO t VALUES (1)", "SELECT count(*) AS n FROM t"])
        #expect(try answers.last?.first?.get("n", as: Int64.self) == 1)
        #expect(try await lease.psql("SELECT count(*) FROM cordon.t") == "1")
        let error = try await postgresError { _ = try await transaction.query("SELECT 1") }
        #expect(error.kind == .misuse)
      }
    }
  }

  @Test("two statements of one transaction at once are misuse, and the connection survives it")
  func overlapping() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      try await database.withPlatform { transaction in
        let kinds = await withTaskGroup(of: PostgresError.Kind?.self) { group in
          for _ in 0..<2 {
            group.addTask {
              do {
                _ = try await transaction.query("SELECT pg_sleep(0.2)")
                return nil
              } catch let error as PostgresError { return error.kind } catch { return .server }
            }
          }
          return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(kinds.count { $0 == nil } == 1)
        #expect(kinds.count { $0 == .misuse } == 1)
        _ = try await transaction.query("SELECT 1")
      }
    }
  }

  // MARK: Isolation and retries

  @Test("two serializable transactions that collide: the loser's body runs again, and both succeed")
  func serializationRetry() async throws {
    try await withEmptyDatabase { database, lease in
      try await database.run("CREATE TABLE t (a bigint)", "INSERT INTO t VALUES (0)")
      let bothHaveRead = Meeting(of: 2)
      let runs = Counter()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<2 {
          group.addTask {
            try await database.withBrand(brand(1), isolation: .serializable) { transaction in
              let attempt = runs.increment()
              let sum: Int64 = try #require(await transaction.query("SELECT a FROM t").first).get("a")
              if attempt <= 2 { await bothHaveRead.arrive() }
              try await transaction.execute("UPDATE t SET a = \(sum + 1)")
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(runs.value == 3)
      #expect(try await lease.psql("SELECT a FROM cordon.t") == "2")
    }
  }

  @Test("a conflict that shows only at COMMIT is retried too")
  func serializationRetryAtCommit() async throws {
    try await withEmptyDatabase { database, lease in
      // Write skew: each reads both and writes its own, so that no statement fails, only a COMMIT can.
      try await database.run("CREATE TABLE t (id bigint PRIMARY KEY, a bigint)", "INSERT INTO t VALUES (1, 1), (2, 1)")
      let bothHaveWritten = Meeting(of: 2)
      let runs = Counter()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for id in [1, 2] as [Int64] {
          group.addTask {
            try await database.withBrand(brand(1), isolation: .serializable) { transaction in
              let attempt = runs.increment()
              let sum: Int64 = try #require(await transaction.query("SELECT sum(a) AS a FROM t").first).get("a")
              if sum > 1 { try await transaction.execute("UPDATE t SET a = 0 WHERE id = \(id)") }
              if attempt <= 2 { await bothHaveWritten.arrive() }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(runs.value == 3)
      #expect(try await lease.psql("SELECT sum(a) FROM cordon.t") == "1")
    }
  }

  @Test("two transactions that deadlock: the victim's body runs again, and both succeed")
  func deadlockRetry() async throws {
    try await withEmptyDatabase { database, lease in
      try await database.run("CREATE TABLE t (id bigint PRIMARY KEY, a bigint)", "INSERT INTO t VALUES (1, 0), (2, 0)")
      let bothHoldOne = Meeting(of: 2)
      let runs = Counter()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for order in [[1, 2], [2, 1]] as [[Int64]] {
          group.addTask {
            try await database.withBrand(brand(1)) { transaction in
              let attempt = runs.increment()
              try await transaction.execute("UPDATE t SET a = a + 1 WHERE id = \(order[0])")
              if attempt <= 2 { await bothHoldOne.arrive() }
              try await transaction.execute("UPDATE t SET a = a + 1 WHERE id = \(order[1])")
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(runs.value == 3)
      #expect(try await lease.psql("SELECT string_agg(a::text, ',') FROM cordon.t") == "2,2")
    }
  }

  @Test("after three attempts the conflict is the caller's")
  func attemptsEnd() async throws {
    try await withEmptyDatabase { database, _ in
      let runs = Counter()
      let error = try await postgresError {
        try await database.withBrand(brand(1)) { transaction in
          runs.increment()
          try await transaction.execute("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$")
        }
      }
      #expect(error.isSerializationConflict)
      #expect(runs.value == 3)
    }
  }

  @Test("a conflict that the body turned into an error of its own is retried all the same")
  func translatedConflict() async throws {
    try await withEmptyDatabase { database, _ in
      let runs = Counter()
      let value = try await database.withBrand(brand(1)) { transaction in
        guard runs.increment() == 1 else { return "second" }
        do {
          try await transaction.execute("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40P01'; END $$")
        } catch { throw BodyFailure() }
        return "first"
      }
      #expect(value == "second")
    }
  }

  @Test("a prepared statement that the schema outgrew is prepared anew")
  func staleStatement() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, lease in
      try await database.run("CREATE TABLE t (a bigint)", "INSERT INTO t VALUES (5)")
      let read: @Sendable (BrandTransaction) async throws -> Int = { transaction in
        try #require(await transaction.query("SELECT * FROM t").first).get("a")
      }
      #expect(try await database.withBrand(brand(1), read) == 5)
      try await lease.psql("ALTER TABLE cordon.t ALTER COLUMN a TYPE integer")
      #expect(try await database.withBrand(brand(1), read) == 5)
    }
  }

  @Test("more distinct statements than the cache holds still work, and the server's copies stay bounded")
  func manyStatements() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      for round in 0..<400 {
        let value: Int64 = try await database.value("SELECT \(unsafe: String(round))::bigint AS value")
        #expect(value == Int64(round))
      }
      let prepared: Int64 = try await database.value("SELECT count(*) AS value FROM pg_prepared_statements")
      #expect(prepared <= 258)
      #expect(prepared >= 200)
    }
  }

  @Test("a failed preparation fails its statement and is not remembered")
  func failedPreparation() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, _ in
      for _ in 0..<2 {
        let error = try await postgresError { try await database.run("SELECT * FROM missing WHERE a = \(1)") }
        #expect(error.sqlState?.rawValue == "42P01")
        #expect(error.operation == "SELECT * FROM missing WHERE a = $1")
      }
      try await database.run("CREATE TABLE missing (a bigint)")
      try await database.run("SELECT * FROM missing WHERE a = \(1)")
      // The same new statement twice in one pipeline is prepared once.
      try await database.run("SELECT \(1) + 41", "SELECT \(2) + 41")
    }
  }
}
