package import Evidence
package import Postgres

/// The log of how account recoveries ended.
package struct RecoveryAuditLedger: LedgerSource {
  package let ledger = Ledger.recoveryAudit

  package init() {}

  package func entries(after seq: Int64, limit: Int64, _ transaction: BrandTransaction) async throws -> [LogEntry] {
    try await transaction.query(
      """
      SELECT brand_id, seq, prev_hash, row_hash, recovery_audit_id, surface, subject_id, action, outcome, contact_hash, source_ip_hash,
        metadata::text AS metadata, request_id, created_at
      FROM cordon.recovery_audit WHERE brand_id = \(transaction.brand) AND seq > \(seq) ORDER BY seq LIMIT \(limit)
      """
    ).map { try LogEntry(row: $0, of: ledger) }
  }
}
