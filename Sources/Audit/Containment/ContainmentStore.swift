internal import Kernel
package import Postgres

/// The SQL of containment. The database refuses the writes; this only says when.
package enum ContainmentStore {
  /// - Returns: whether it begins with this; false where it had begun already.
  package static func begin(by operatorID: String, reason: String, _ transaction: BrandTransaction) async throws(PostgresError) -> Bool {
    try await transaction.execute(
      """
      INSERT INTO evidence.containment (brand_id, begun_by, reason) VALUES (\(transaction.brand), \(operatorID), \(reason))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: whether it ends with this; false where the brand was not contained.
  package static func end(by operatorID: String, reason: String, _ transaction: BrandTransaction) async throws(PostgresError) -> Bool {
    try await transaction.execute(
      """
      UPDATE evidence.containment SET ended_by = \(operatorID), end_reason = \(reason), ended_at = now()
      WHERE brand_id = \(transaction.brand) AND ended_at IS NULL
      """) == 1
  }

  /// The last ones first.
  package static func all(limit: Int64, _ transaction: BrandTransaction) async throws(PostgresError) -> [Containment] {
    var found: [Containment] = []
    let rows = try await transaction.query(
      """
      SELECT containment_id, begun_by, reason, begun_at, ended_by, end_reason, ended_at FROM evidence.containment
      WHERE brand_id = \(transaction.brand) ORDER BY containment_id DESC LIMIT \(limit)
      """)
    for row in rows { found.append(try Containment(row: row)) }
    return found
  }
}

extension Containment {
  fileprivate init(row: Row) throws(PostgresError) {
    let endedAt = try row.getOptional("ended_at", as: Timestamp.self)
    self.init(
      id: try row.get("containment_id"), begunBy: try row.get("begun_by"), reason: try row.get("reason"),
      begunAt: try row.get("begun_at"),
      end: try endedAt.map { at throws(PostgresError) in End(by: try row.get("ended_by"), reason: try row.get("end_reason"), at: at) })
  }
}
