package import Evidence
package import Postgres

/// The log of what was refused, what failed and what left the house: one for each brand, and one of what has no brand.
package struct SystemEventLedger: PlatformLedgerSource {
  package let ledger = Ledger.systemEvent

  package init() {}

  package func entries(after seq: Int64, limit: Int64, _ transaction: BrandTransaction) async throws -> [LogEntry] {
    try await transaction.query(
      """
      SELECT brand_id, seq, prev_hash, row_hash, event_id, event_key, kind, outcome, reason, status, request_id, trace_id, service, caller,
        operator_id, player_id, method, route, occurrences, detail::text AS detail, occurred_at, created_at
      FROM cordon.system_event WHERE brand_id = \(transaction.brand) AND seq > \(seq) ORDER BY seq LIMIT \(limit)
      """
    ).map { try LogEntry(row: $0, of: ledger) }
  }

  package func entries(after seq: Int64, limit: Int64, _ transaction: PlatformTransaction) async throws -> [LogEntry] {
    try await transaction.query(
      """
      SELECT brand_id, seq, prev_hash, row_hash, event_id, event_key, kind, outcome, reason, status, request_id, trace_id, service, caller,
        operator_id, player_id, method, route, occurrences, detail::text AS detail, occurred_at, created_at
      FROM cordon.system_event WHERE brand_id IS NULL AND seq > \(seq) ORDER BY seq LIMIT \(limit)
      """
    ).map { try LogEntry(row: $0, of: ledger) }
  }
}
