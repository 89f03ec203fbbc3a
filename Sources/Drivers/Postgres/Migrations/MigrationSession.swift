internal import Logging

/// What the migrator says to the database, on one connection.
struct MigrationSession {
  let connection: Connection
  let logger: Logger
  let statementDeadline: Duration

  private var deadline: ContinuousClock.Instant { .now + statementDeadline }

  /// `cordon` and its ladder, as bytes: the key of the advisory lock that migrators of a database exclude each other with.
  private static let ladderLock: Int64 = 0x636F_7264_6F6E_0001
  private static let ladderLockWait: Duration = .seconds(60)
  /// A file that waits longer for a table lock would make everybody behind it wait too; it gives up and comes again.
  private static let lockAttemptsMax = 30
  private static let lockPause: Duration = .milliseconds(500)

  func lockLadder() async throws {
    let end = ContinuousClock.now + Self.ladderLockWait
    while true {
      let rows = try await query("SELECT pg_try_advisory_lock(\(Self.ladderLock)) AS locked")
      if try rows.first?.get("locked", as: Bool.self) == true { return }
      guard ContinuousClock.now < end else { throw MigrationError.ladderBusy }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  /// What the database has. Nothing for one that was never migrated.
  func applied() async throws(PostgresError) -> [AppliedMigration] {
    guard try await hasTable() else { return [] }
    var applied: [AppliedMigration] = []
    for row in try await query("SELECT version, name, checksum FROM cordon.schema_migrations ORDER BY version") {
      applied.append(AppliedMigration(number: try row.get("version"), name: try row.get("name"), checksum: try row.get("checksum")))
    }
    return applied
  }

  private func hasTable() async throws(PostgresError) -> Bool {
    let rows = try await query("SELECT to_regclass('cordon.schema_migrations') IS NOT NULL AS present")
    return try rows.first?.get("present") ?? false
  }

  /// Looks first, because IF NOT EXISTS asks for the right to create even when there is nothing to create.
  func makeTable() async throws(PostgresError) {
    guard try await !hasTable() else { return }
    try await script(
      """
      CREATE SCHEMA IF NOT EXISTS cordon;
      CREATE TABLE IF NOT EXISTS cordon.schema_migrations (
        version bigint PRIMARY KEY,
        name text NOT NULL,
        checksum text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
      );
      """, label: "schema_migrations")
  }

  func apply(_ migration: Migration) async throws {
    let row: SQL = """
      INSERT INTO cordon.schema_migrations (version, name, checksum)
      VALUES (\(migration.number), \(migration.name), \(migration.checksum))
      """
    try await climb(migration, migration.up, recording: row)
  }

  func undo(_ migration: Migration) async throws {
    guard let down = migration.down else { throw MigrationError.noDown(label: migration.label) }
    try await climb(migration, down, recording: "DELETE FROM cordon.schema_migrations WHERE version = \(migration.number)")
  }

  private func climb(_ migration: Migration, _ text: String, recording: SQL) async throws {
    var attempt = 1
    while true {
      do {
        try await runInTransaction(migration, text, recording: recording)
        return
      } catch let error as PostgresError where error.sqlState == .lockNotAvailable && attempt < Self.lockAttemptsMax {
        logger.info("waiting for a lock", metadata: ["migration": "\(migration.label)", "attempt": "\(attempt)"])
        attempt += 1
        try await Task.sleep(for: Self.lockPause)
      }
    }
  }

  private func runInTransaction(_ migration: Migration, _ text: String, recording: SQL) async throws {
    try await connection.command("BEGIN", until: deadline)
    do {
      try await connection.command("SET LOCAL lock_timeout = '1s'", until: deadline)
      try await script(text, label: migration.label)
      guard await connection.isInTransaction else { throw MigrationError.transactionEnded(label: migration.label) }
    } catch {
      try? await connection.command("ROLLBACK", until: deadline)
      throw error
    }
    try await commit(recording)
  }

  private func commit(_ recording: SQL) async throws(PostgresError) {
    let steps: [ExchangeStep] = [.statement(recording), .command("COMMIT")]
    let report = try await connection.exchange(steps, until: deadline)
    switch TransactionVerdict.judge(report, commits: true, stepCount: steps.count) {
    case .succeeded: return
    case .failed(let error):
      try? await connection.command("ROLLBACK", until: deadline)
      throw error
    case .unknown(let error): throw error
    }
  }

  private func script(_ text: String, label: String) async throws(PostgresError) {
    do {
      try await connection.script(text, until: deadline)
    } catch {
      throw error.during(label)
    }
  }

  private func query(_ sql: SQL) async throws(PostgresError) -> Rows {
    let report = try await connection.exchange([.statement(sql)], until: deadline)
    switch TransactionVerdict.judge(report, commits: false, stepCount: 1) {
    case .succeeded(let rows):
      guard let answer = rows.first else { throw noAnswer(sql) }
      return answer
    case .failed(let error), .unknown(let error): throw error
    }
  }
}
