package import Evidence
package import Postgres

/// The log of what operators did: one for each brand, and one of the acts on the platform.
package struct AdminAuditLedger: PlatformLedgerSource {
  package let ledger = Ledger.adminAudit

  package init() {}

  package func entries(after seq: Int64, limit: Int64, _ transaction: BrandTransaction) async throws -> [LogEntry] {
    try await transaction.query(
      """
      SELECT brand_id, seq, prev_hash, row_hash, audit_id, operator_id, action, resource, resource_key, old_value::text AS old_value,
        new_value::text AS new_value, reason, request_id, created_at
      FROM cordon.admin_audit WHERE brand_id = \(transaction.brand) AND seq > \(seq) ORDER BY seq LIMIT \(limit)
      """
    ).map { try LogEntry(row: $0, of: ledger) }
  }

  package func entries(after seq: Int64, limit: Int64, _ transaction: PlatformTransaction) async throws -> [LogEntry] {
    try await transaction.query(
      """
      SELECT brand_id, seq, prev_hash, row_hash, audit_id, operator_id, action, resource, resource_key, old_value::text AS old_value,
        new_value::text AS new_value, reason, request_id, created_at
      FROM cordon.admin_audit WHERE brand_id IS NULL AND seq > \(seq) ORDER BY seq LIMIT \(limit)
      """
    ).map { try LogEntry(row: $0, of: ledger) }
  }
}
