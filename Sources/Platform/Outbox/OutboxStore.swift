internal import Kernel
internal import Postgres

/// The SQL of an outbox.
struct OutboxStore: Sendable {
  let table: OutboxTable
  let database: Database

  /// One brand's backlog.
  struct Backlog: Sendable {
    let count: Int64
    /// Zero when nothing waits.
    let oldestAgeSeconds: Double
  }

  /// Locks the brand for one publisher and reads its oldest events; nil when another publisher has the brand.
  ///
  /// The brand's lock is what keeps the order: two publishers of one brand could overtake one another. The rows are locked at once or not at
  /// all (55P03): a row that somebody holds stops its own brand, and skipping it would let later events overtake it.
  func claim(_ transaction: BrandTransaction, limit: Int64) async throws -> [OutboxEvent]? {
    let lock = try await transaction.query(
      "SELECT pg_try_advisory_xact_lock(hashtextextended(\(table.name), \(transaction.brand.rawValue))) AS taken")
    guard try lock.first?.get("taken", as: Bool.self) == true else { return nil }
    let rows = try await transaction.query(
      """
      SELECT event_id::text AS event_id, event_type, payload::text AS payload, attempts FROM \(unsafe: table.name)
      WHERE brand_id = \(transaction.brand) AND published_at IS NULL AND dead_lettered_at IS NULL
      ORDER BY sequence LIMIT \(limit) FOR NO KEY UPDATE NOWAIT
      """)
    return try rows.map { row throws(PostgresError) in try OutboxEvent(row: row) }
  }

  func markPublished(_ ids: [String], _ transaction: BrandTransaction) async throws {
    _ = try await transaction.execute(
      """
      UPDATE \(unsafe: table.name) SET published_at = clock_timestamp(), last_error = NULL
      WHERE brand_id = \(transaction.brand) AND event_id = ANY (\(ids)::text[]::uuid[])
      """)
  }

  func setAside(_ id: String, because fault: String, final: Bool, _ transaction: BrandTransaction) async throws {
    _ = try await transaction.execute(
      """
      UPDATE \(unsafe: table.name) SET attempts = attempts + 1, last_error = \(fault),
        dead_lettered_at = CASE WHEN \(final) THEN clock_timestamp() END
      WHERE brand_id = \(transaction.brand) AND event_id = \(id)::text::uuid
      """)
  }

  func backlog(of brand: BrandID, deadline: Duration) async throws -> Backlog {
    let rows = try await database.withBrand(brand, deadline: deadline) { transaction in
      try await transaction.query(
        """
        SELECT count(*) AS waiting, greatest(coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0), 0)::float8 AS age
        FROM \(unsafe: table.name) WHERE brand_id = \(brand) AND published_at IS NULL AND dead_lettered_at IS NULL
        """)
    }
    guard let row = rows.first else { return Backlog(count: 0, oldestAgeSeconds: 0) }
    return Backlog(count: try row.get("waiting"), oldestAgeSeconds: try row.get("age"))
  }
}
