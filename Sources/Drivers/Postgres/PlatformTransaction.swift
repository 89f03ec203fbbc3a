/// A transaction without any brand, for the platform's own tables. A brand-scoped table refuses it with `CB001`.
///
/// It ends with the body that it was handed to; used later, every call throws `.misuse`. One statement runs at a time.
package struct PlatformTransaction: Sendable {
  let core: TransactionCore

  package func query(_ sql: SQL) async throws(PostgresError) -> Rows {
    guard let rows = try await core.run([sql]).first else { throw noAnswer(sql) }
    return rows
  }

  /// Returns how many rows the statement touched.
  @discardableResult
  package func execute(_ sql: SQL) async throws(PostgresError) -> Int { try await query(sql).affected }

  /// Runs the statements in their order in one round trip. The first failure keeps the later ones from running.
  @discardableResult
  package func pipeline(_ sql: [SQL]) async throws(PostgresError) -> [Rows] { try await core.run(sql) }

  /// Runs the statements and COMMIT in one round trip. The transaction is over when this returns.
  @discardableResult
  package func finishing(_ sql: [SQL]) async throws(PostgresError) -> [Rows] { try await core.run(sql, commits: true) }
}

/// An exchange that succeeded has an answer to each statement, so that this never happens; it is an error rather than a crash.
func noAnswer(_ sql: SQL) -> PostgresError { PostgresError(.server, "the server gave no answer", operation: sql.summary) }
