package import Kernel
package import Logging

/// Applies the migration files to a database: one process at a time, each file in its own transaction.
///
/// If the process stops anywhere, the database is between two files, never inside one; the next run goes on from there.
package struct Migrator: Sendable {
  private let configuration: DatabaseConfiguration
  private let ladder: MigrationLadder
  private let logger: Logger

  /// - Parameter configuration: of a role that may migrate.
  package init(_ configuration: DatabaseConfiguration, migrations: [Migration], logger: Logger) {
    var configuration = configuration
    configuration.defaultDeadline = Self.statementDeadline
    configuration.applicationName = "cordon db"
    self.configuration = configuration
    self.ladder = MigrationLadder(migrations)
    self.logger = logger
  }

  /// One file may rewrite large tables.
  private static let statementDeadline: Duration = .seconds(3600)

  /// What is wrong with the files of a folder, found without a database: names and numbers first, then their content (S2-MIG-02).
  package static func validate(directory: String) -> [MigrationProblem] {
    do throws(MigrationError) {
      return MigrationChecks.problems(try MigrationFolder.load(directory: directory))
    } catch {
      return [MigrationProblem(file: directory, line: nil, problem: error.description)]
    }
  }

  // MARK: Commands

  package func status() async throws -> MigrationStatus {
    try await withSession { session in MigrationStatus(ladder: ladder, applied: try await session.applied()) }
  }

  /// Applies what is missing, up to `target` or to the last file. - Returns: what was applied now.
  @discardableResult
  package func migrate(to target: Int64? = nil) async throws -> [Migration] {
    let problems = MigrationChecks.problems(ladder.migrations)
    guard problems.isEmpty else { throw MigrationError.invalid(problems) }
    return try await withSession { session in
      try await session.lockLadder()
      try await session.makeTable()
      let pending = try ladder.pending(try await session.applied(), to: target)
      for migration in pending {
        try await session.apply(migration)
        logger.info("migration applied", metadata: ["migration": "\(migration.label)"])
      }
      return pending
    }
  }

  /// Undoes what lies above `target`. - Returns: what was undone. Refused where data counts (S0-MIG-16).
  @discardableResult
  package func down(to target: Int64, environment: DeploymentEnvironment) async throws -> [Migration] {
    guard !environment.isProductionGrade else { throw MigrationError.downRefused(environment: environment.label) }
    return try await withSession { session in
      try await session.lockLadder()
      let undone = try ladder.descent(try await session.applied(), to: target)
      for migration in undone {
        try await session.undo(migration)
        logger.info("migration undone", metadata: ["migration": "\(migration.label)"])
      }
      return undone
    }
  }

  /// The session's end releases the ladder's lock, however it ends.
  private func withSession<T>(_ body: (MigrationSession) async throws -> T) async throws -> T {
    let connection = try await Connection.open(configuration, until: .now + configuration.connectTimeout, logger: logger)
    let session = MigrationSession(connection: connection, logger: logger, statementDeadline: Self.statementDeadline)
    do {
      let value = try await body(session)
      await connection.close()
      return value
    } catch {
      await connection.close()
      throw error
    }
  }
}
