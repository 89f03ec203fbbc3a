package import Kernel

/// A transaction bound to one brand: the only value that can query brand-scoped tables (the first wall).
///
/// It ends with the body that it was handed to; used later, every call throws `.misuse`. BEGIN and the brand travel with the first
/// statement in one round trip. One statement runs at a time.
package struct BrandTransaction: Sendable {
  package let brand: BrandID
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
