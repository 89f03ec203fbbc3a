package import Logging

/// The few things that are done to a server of one's own before it has a schema or a role that may log in.
///
/// Names and passwords can't be bound in these statements: they are quoted here, and come from the program, never from a request.
package struct ServerSetup: Sendable {
  private let configuration: DatabaseConfiguration
  private let logger: Logger

  /// - Parameter configuration: of a superuser, in the database that ``setPassword(_:of:)`` shall log in to.
  package init(_ configuration: DatabaseConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
  }

  /// Makes the database unless it is there.
  package func createDatabase(_ name: String) async throws(PostgresError) {
    do {
      try await run("CREATE DATABASE \(SQL.quotedIdentifier(name))")
    } catch  where error.sqlState == .duplicateDatabase {
      // It stood already.
    }
  }

  /// Lets a role log in with this password.
  package func setPassword(_ password: String, of role: String) async throws(PostgresError) {
    try await run("ALTER ROLE \(SQL.quotedIdentifier(role)) LOGIN PASSWORD \(Self.quotedLiteral(password))")
  }

  private func run(_ statement: String) async throws(PostgresError) {
    let deadline = ContinuousClock.now + configuration.defaultDeadline
    let connection = try await Connection.open(configuration, until: deadline, logger: logger)
    do throws(PostgresError) {
      try await connection.script(statement, until: deadline)
    } catch {
      await connection.close()
      throw error
    }
    await connection.close()
  }

  private static func quotedLiteral(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}
