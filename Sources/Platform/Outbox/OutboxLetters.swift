package import Kernel
package import Postgres

/// The SQL of operators' work on an outbox: looking, repairing a dead letter's payload, letting it go out again (S0-WAL-16).
package struct OutboxLetters: Sendable {
  private let table: OutboxTable

  package init(_ table: OutboxTable) { self.table = table }

  /// The oldest rows of the transaction's brand in a state.
  package func list(_ state: OutboxLetter.State, limit: Int64, _ transaction: BrandTransaction) async throws -> [OutboxLetter] {
    let condition: SQL =
      switch state {
      case .waiting: "published_at IS NULL AND dead_lettered_at IS NULL"
      case .dead: "published_at IS NULL AND dead_lettered_at IS NOT NULL"
      case .published: "published_at IS NOT NULL"
      }
    return try await transaction.query(
      """
      SELECT \(Self.columns) FROM \(unsafe: table.name)
      WHERE brand_id = \(transaction.brand) AND \(condition) ORDER BY sequence LIMIT \(limit)
      """
    ).map { row throws(PostgresError) in try OutboxLetter(row: row) }
  }

  /// Reads the row and locks it, so that what is decided about it still holds at the commit.
  package func lock(_ event: UUIDv7, _ transaction: BrandTransaction) async throws -> OutboxLetter? {
    try await transaction.query(
      """
      SELECT \(Self.columns) FROM \(unsafe: table.name)
      WHERE brand_id = \(transaction.brand) AND event_id = \(event) FOR NO KEY UPDATE
      """
    ).first.map { row throws(PostgresError) in try OutboxLetter(row: row) }
  }

  /// Writes another payload into a dead letter, which stays one.
  package func setPayload(_ payload: String, of event: UUIDv7, _ transaction: BrandTransaction) async throws {
    _ = try await transaction.execute(
      """
      UPDATE \(unsafe: table.name) SET payload = \(JSONText(payload))
      WHERE brand_id = \(transaction.brand) AND event_id = \(event) AND dead_lettered_at IS NOT NULL AND published_at IS NULL
      """)
  }

  /// Makes a dead letter a waiting event again.
  package func release(_ event: UUIDv7, _ transaction: BrandTransaction) async throws {
    _ = try await transaction.execute(
      """
      UPDATE \(unsafe: table.name) SET dead_lettered_at = NULL, attempts = 0
      WHERE brand_id = \(transaction.brand) AND event_id = \(event) AND dead_lettered_at IS NOT NULL AND published_at IS NULL
      """)
  }

  private static let columns: SQL =
    """
    event_id, brand_id, event_type, payload::text AS payload, attempts, last_error, created_at, published_at, dead_lettered_at
    """
}
