import Kernel
import Postgres
import TestSupport
import Testing

@Suite("the migrator")
struct MigratorTests {
  private let first = Migration(
    number: 1, name: "first",
    up: "CREATE TABLE cordon.a (x bigint); COMMENT ON TABLE cordon.a IS 'a'; INSERT INTO cordon.a SELECT generate_series(1, 3);",
    down: "DROP TABLE cordon.a")
  private let second = Migration(
    number: 2, name: "second", up: "CREATE TABLE cordon.b (y text); COMMENT ON TABLE cordon.b IS 'b; COMMIT;';", down: "DROP TABLE cordon.b"
  )
  private let test = DeploymentEnvironment(label: "test")

  private func withMigrator(
    _ migrations: [Migration], _ body: (_ make: ([Migration]) throws -> Migrator, _ migrator: Migrator, TestDatabase) async throws -> Void
  ) async throws {
    try await TestDatabase.leaseEmpty { lease in
      func make(_ migrations: [Migration]) throws -> Migrator {
        Migrator(try DatabaseConfiguration(url: lease.superuserURL), migrations: migrations, logger: quiet)
      }
      try await body(make, make(migrations), lease)
    }
  }

  private func migrationError(_ body: () async throws -> Void) async throws -> MigrationError {
    do { try await body() } catch let error as MigrationError { return error }
    throw NothingThrown()
  }

  @Test("S2-MIG-01 an empty database is migrated file by file, and once more does nothing")
  func migrates() async throws {
    try await withMigrator([first, second]) { _, migrator, lease in
      let before = try await migrator.status()
      #expect(before.currentHead == 0)
      #expect(before.expectedHead == 2)
      #expect(try await migrator.migrate().map(\.label) == ["0001_first", "0002_second"])
      #expect(try await migrator.migrate().isEmpty)
      #expect(
        try await lease.psql("SELECT version, name, checksum = '\(first.checksum)' FROM cordon.schema_migrations ORDER BY version")
          == "1|first|t\n2|second|f")
      #expect(try await lease.psql("SELECT sum(x) FROM cordon.a") == "6")
      #expect(try await migrator.status().isCurrent)
    }
  }

  @Test("S4-START-02 the head can be read through a service's own connection")
  func head() async throws {
    try await withMigrator([first, second]) { _, migrator, lease in
      try await withDatabase(lease.superuserURL) { database in
        #expect(try await MigrationHead.read(from: database) == 0)
        try await migrator.migrate(to: 1)
        #expect(try await MigrationHead.read(from: database) == 1)
        try await migrator.migrate()
        #expect(try await MigrationHead.read(from: database) == 2)
      }
    }
  }

  @Test("a file that fails leaves nothing behind, and the ones before it stay")
  func failingFile() async throws {
    let broken = Migration(number: 2, name: "broken", up: "CREATE TABLE cordon.c (z int); COMMENT ON TABLE cordon.c IS 'c'; SELECT 1 / 0;")
    try await withMigrator([first, broken]) { make, migrator, lease in
      let error = try await postgresError { try await migrator.migrate() }
      #expect(error.operation == "0002_broken")
      #expect(error.sqlState?.rawValue == "22012")
      #expect(try await lease.psql("SELECT to_regclass('cordon.a') IS NOT NULL, to_regclass('cordon.c') IS NULL") == "t|t")
      #expect(try await migrator.status().currentHead == 1)
      #expect(try await make([first, second]).migrate().map(\.number) == [2])
    }
  }

  @Test("S4-GUAR-05 an applied file that was edited stops every command that changes")
  func editedFile() async throws {
    try await withMigrator([first, second]) { make, migrator, _ in
      try await migrator.migrate(to: 1)
      let edited = Migration(number: 1, name: "first", up: first.up + "\n-- improved", down: first.down)
      let expected = MigrationError.changed(label: "0001_first", appliedChecksum: first.checksum, fileChecksum: edited.checksum)
      let other = try make([edited, second])
      #expect(try await migrationError { try await other.migrate() } == expected)
      #expect(try await migrationError { try await other.down(to: 0, environment: test) } == expected)
      #expect(try await other.status().contradictions == [expected])
    }
  }

  @Test("a database of a newer release is refused")
  func newerDatabase() async throws {
    try await withMigrator([first, second]) { make, migrator, _ in
      try await migrator.migrate()
      #expect(try await migrationError { try await make([first]).migrate() } == .unknownApplied(label: "0002_second"))
    }
  }

  @Test("S0-MIG-16 up, down, up; and down is refused where data counts")
  func down() async throws {
    try await withMigrator([first, second]) { _, migrator, lease in
      try await migrator.migrate()
      for label in ["production", "staging", ""] {
        let refusal = try await migrationError { try await migrator.down(to: 0, environment: DeploymentEnvironment(label: label)) }
        #expect(refusal == .downRefused(environment: label))
      }
      #expect(try await migrator.down(to: 1, environment: test).map(\.number) == [2])
      #expect(try await lease.psql("SELECT to_regclass('cordon.b') IS NULL") == "t")
      #expect(try await migrator.down(to: 0, environment: test).map(\.number) == [1])
      #expect(try await migrator.migrate().count == 2)
    }
  }

  @Test("two migrators at once: each file is applied once")
  func concurrent() async throws {
    try await withMigrator([first, second]) { make, _, lease in
      let migrators = try (0..<4).map { _ in try make([first, second]) }
      let applied = try await withThrowingTaskGroup(of: Int.self) { group in
        for migrator in migrators { group.addTask { try await migrator.migrate().count } }
        return try await group.reduce(0, +)
      }
      #expect(applied == 2)
      #expect(try await lease.psql("SELECT sum(x) FROM cordon.a") == "6")
    }
  }

  @Test("a table that somebody has locked is waited for in short turns, so that others get through in between")
  func lockedTable() async throws {
    try await withMigrator([first]) { make, migrator, lease in
      try await migrator.migrate()
      let altering = Migration(number: 2, name: "alter", up: "ALTER TABLE cordon.a ADD COLUMN z bigint")
      let other = try make([first, altering])
      try await withDatabase(lease.superuserURL) { database in
        try await withThrowingTaskGroup(of: Void.self) { group in
          let (locked, release) = (Gate(), Gate())
          group.addTask {
            try await database.withPlatform { transaction in
              try await transaction.execute("LOCK TABLE a IN ACCESS SHARE MODE")
              locked.open()
              await release.wait()
            }
          }
          await locked.wait()
          group.addTask { _ = try await other.migrate() }
          let waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'"
          try await eventually("the migration to wait") { try await lease.psql(waiting) == "1" }
          try await eventually("the migration to step back") { try await lease.psql(waiting) == "0" }
          release.open()
          try await group.waitForAll()
        }
      }
      #expect(try await other.status().isCurrent)
    }
  }

  @Test("S2-MIG-02 a file that would end its transaction is refused before anything is applied")
  func invalidFile() async throws {
    let ending = Migration(number: 2, name: "ending", up: "SELECT 1;\nCOMMIT;")
    try await withMigrator([first, ending]) { _, migrator, lease in
      guard case .invalid(let problems) = try await migrationError({ try await migrator.migrate() }) else { throw NothingThrown() }
      #expect(problems.map(\.description) == ["0002_ending.sql:2: COMMIT would end or nest the transaction that the file runs in"])
      #expect(try await lease.psql("SELECT to_regclass('cordon.schema_migrations') IS NULL") == "t")
    }
  }

  @Test("a file that ends its transaction from inside a procedure is found out, and isn't recorded")
  func hiddenCommit() async throws {
    let hidden = Migration(number: 1, name: "hidden", up: "DO $$ BEGIN COMMIT; END $$;")
    try await withMigrator([hidden]) { _, migrator, _ in
      let error = try await postgresError { try await migrator.migrate() }
      #expect(error.sqlState?.rawValue == "2D000")
      #expect(try await migrator.status().currentHead == 0)
    }
  }

  @Test("S2-MIG-02 the repository's own migrations are valid, and go up, down and up again")
  func ownMigrations() async throws {
    #expect(Migrator.validate(directory: MigrationFiles.directory) == [])
    let migrations = try MigrationFolder.load(directory: MigrationFiles.directory)
    try await withMigrator(migrations) { _, migrator, _ in
      #expect(try await migrator.migrate().count == migrations.count)
      #expect(try await migrator.status().isCurrent)
      if migrations.allSatisfy({ $0.down != nil }) {
        try await migrator.down(to: 0, environment: test)
        #expect(try await migrator.migrate().count == migrations.count)
      }
    }
  }

  @Test("a folder that isn't there is a problem, not a crash")
  func missingFolder() {
    #expect(Migrator.validate(directory: "/nonexistent").count == 1)
  }
}
