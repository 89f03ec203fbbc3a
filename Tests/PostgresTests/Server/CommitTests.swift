import Kernel
import Postgres
import TestSupport
import Testing

@Suite("what is known about a commit")
struct CommitTests {
  /// A database behind a proxy, with a table, and what a look past the proxy finds in it.
  private func withProxy(_ body: (Database, ServerProxy, TestDatabase) async throws -> Void) async throws {
    try await withEmptyDatabase { database, lease in
      try await database.run("CREATE TABLE t (a bigint)")
      let proxy = try ServerProxy(before: lease.superuserURL)
      defer { proxy.close() }
      try await withDatabase(proxy.url, poolSizeMax: 2) { try await body($0, proxy, lease) }
    }
  }

  private func count(_ lease: TestDatabase) async throws -> String { try await lease.psql("SELECT count(*) FROM cordon.t") }

  @Test("COMMIT arrived and its answer got lost: unknown, and in truth committed")
  func answerLost() async throws {
    try await withProxy { database, proxy, lease in
      proxy.inject(.cutAnswer(to: "COMMIT"))
      let error = try await postgresError {
        _ = try await database.withBrand(brand(1)) { try await $0.execute("INSERT INTO t VALUES (1)") }
      }
      #expect(error.kind == .outcomeUnknown)
      #expect(error.operation == "commit")
      try await eventually("the commit to show") { try await count(lease) == "1" }
    }
  }

  @Test("COMMIT was sent and never arrived: unknown just the same, and in truth not committed")
  func commitLost() async throws {
    try await withProxy { database, proxy, lease in
      proxy.inject(.cutBefore("COMMIT"))
      let error = try await postgresError {
        try await database.withBrand(brand(1)) { transaction in _ = try await transaction.finishing(["INSERT INTO t VALUES (1)"]) }
      }
      #expect(error.kind == .outcomeUnknown)
      #expect(try await count(lease) == "0")
    }
  }

  @Test("an unknown outcome that the body swallows is still reported, and never retried")
  func swallowedUnknown() async throws {
    try await withProxy { database, proxy, _ in
      proxy.inject(.cutAnswer(to: "COMMIT"))
      let runs = Counter()
      let error = try await postgresError {
        try await database.withBrand(brand(1)) { transaction in
          runs.increment()
          _ = try? await transaction.finishing(["INSERT INTO t VALUES (1)"])
        }
      }
      #expect(error.kind == .outcomeUnknown)
      #expect(runs.value == 1)
    }
  }

  @Test("the connection broke before COMMIT was sent: lost, certainly not committed")
  func lostBeforeCommit() async throws {
    try await withProxy { database, proxy, lease in
      let error = try await postgresError {
        try await database.withBrand(brand(1)) { transaction in
          try await transaction.execute("INSERT INTO t VALUES (1)")
          proxy.cutAll()
          try await transaction.execute("INSERT INTO t VALUES (2)")
        }
      }
      #expect(error.kind == .connectionLost)
      #expect(error.operation == "INSERT INTO t VALUES (2)")
      #expect(try await count(lease) == "0")
    }
  }

  @Test("a COMMIT that is answered with ROLLBACK is an error", arguments: [false, true])
  func answeredWithRollBack(finishes: Bool) async throws {
    try await withProxy { database, proxy, _ in
      proxy.inject(.answerRollBack)
      let error = try await postgresError {
        try await database.withBrand(brand(1)) { transaction in
          if finishes {
            try await transaction.finishing(["INSERT INTO t VALUES (1)"])
          } else {
            try await transaction.execute("INSERT INTO t VALUES (1)")
          }
        }
      }
      #expect(error.kind == .server)
      #expect(error.sqlState == .transactionRollback)
    }
  }

  @Test("an idle connection that died unnoticed is replaced, and the body runs again")
  func deadIdleConnection() async throws {
    try await withProxy { database, proxy, lease in
      try await database.ping()
      proxy.inject(.cutBefore("INSERT"))
      let runs = Counter()
      try await database.withBrand(brand(1)) { transaction in
        if runs.increment() == 2 { proxy.inject(nil) }
        try await transaction.execute("INSERT INTO t VALUES (1)")
      }
      #expect(runs.value == 2)
      #expect(try await count(lease) == "1")
    }
  }

  @Test("a new connection that breaks in its first statement is not tried again")
  func deadNewConnection() async throws {
    try await withProxy { database, proxy, _ in
      proxy.inject(.cutBefore("INSERT"))
      let error = try await postgresError {
        _ = try await database.withBrand(brand(1)) { try await $0.execute("INSERT INTO t VALUES (1)") }
      }
      #expect(error.kind == .connectionLost)
    }
  }

  @Test("a constraint that is checked at COMMIT refuses with certainty")
  func deferredConstraint() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, lease in
      try await database.run(
        "CREATE TABLE p (id bigint PRIMARY KEY)",
        "CREATE TABLE t (a bigint CONSTRAINT parent REFERENCES p DEFERRABLE INITIALLY DEFERRED)")
      for finishes in [false, true] {
        let error = try await postgresError {
          try await database.withBrand(brand(1)) { transaction in
            if finishes {
              try await transaction.finishing(["INSERT INTO t VALUES (1)"])
            } else {
              try await transaction.execute("INSERT INTO t VALUES (1)")
            }
          }
        }
        #expect(error.kind == .server)
        #expect(error.sqlState == .foreignKeyViolation)
        #expect(error.constraint == "parent")
      }
      #expect(try await count(lease) == "0")
    }
  }

  @Test("the warning of a cancelled replication wait makes a good COMMIT unknown", arguments: [false, true])
  func warningAtCommit(finishes: Bool) async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, lease in
      try await database.run(
        "CREATE TABLE t (a bigint)",
        """
        CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          RAISE WARNING 'canceling wait for synchronous replication due to user request';
          RETURN NULL;
        END $$
        """,
        "CREATE CONSTRAINT TRIGGER warn AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION warn()")
      let error = try await postgresError {
        try await database.withBrand(brand(1)) { transaction in
          if finishes {
            try await transaction.finishing(["INSERT INTO t VALUES (1)"])
          } else {
            try await transaction.execute("INSERT INTO t VALUES (1)")
          }
        }
      }
      #expect(error.kind == .outcomeUnknown)
      #expect(try await count(lease) == "1")
    }
  }

  @Test("another warning at COMMIT is only a warning")
  func harmlessWarning() async throws {
    try await withEmptyDatabase(poolSizeMax: 1) { database, lease in
      try await database.run("CREATE TABLE t (a bigint)")
      try await database.withBrand(brand(1)) { transaction in
        try await transaction.finishing(["INSERT INTO t VALUES (1)", "DO $$ BEGIN RAISE WARNING 'watch out'; END $$"])
      }
      #expect(try await count(lease) == "1")
    }
  }
}
