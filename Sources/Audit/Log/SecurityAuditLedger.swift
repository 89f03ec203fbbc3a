package import Evidence
package import Postgres

/// The log of attempts across brands. It is the platform's alone, because each row names two brands; its chain stands beside its table.
package struct SecurityAuditLedger: PlatformLedgerSource {
  package let ledger = Ledger.securityAuditLogs
  package let isOfBrands = false

  package init() {}

  package func entries(after seq: Int64, limit: Int64, _ transaction: BrandTransaction) async throws -> [LogEntry] { [] }

  /// A row without a place in the chain, which only a superuser can make, stands behind the last one with hashes that can't be. It is looked for
  /// where the chain ends, since that reads the whole table.
  package func entries(after seq: Int64, limit: Int64, _ transaction: PlatformTransaction) async throws -> [LogEntry] {
    try await transaction.query(
      """
      WITH page AS MATERIALIZED (
        SELECT seq, prev_hash, row_hash, id FROM evidence.security_audit_chain WHERE seq > \(seq) ORDER BY seq LIMIT \(limit)
      )
      SELECT c.seq, c.prev_hash, c.row_hash, c.id, l.event_type, l.user_id, l.authenticated_restaurant_id, l.attempted_restaurant_id,
        l.session_id, l.ip_address, l.user_agent, l.severity, l.created_at
      FROM page AS c JOIN cordon.security_audit_logs AS l ON l.id = c.id
      UNION ALL
      SELECT (SELECT coalesce(max(m.seq), 0) FROM evidence.security_audit_chain AS m) + row_number() OVER (ORDER BY l.id), sha256(''), sha256(''),
        l.id, l.event_type, l.user_id, l.authenticated_restaurant_id, l.attempted_restaurant_id, l.session_id, l.ip_address, l.user_agent,
        l.severity, l.created_at
      FROM cordon.security_audit_logs AS l
      WHERE (SELECT count(*) FROM page) < \(limit) AND NOT EXISTS (SELECT FROM evidence.security_audit_chain AS c WHERE c.id = l.id)
      ORDER BY seq LIMIT \(limit)
      """
    ).map { try LogEntry(row: $0, of: ledger) }
  }

  package func isLonger(than seq: Int64, _ transaction: PlatformTransaction) async throws -> Bool {
    try await transaction.query(
      "SELECT EXISTS (SELECT FROM evidence.security_audit_chain WHERE seq > \(seq)) AS is_longer"
    ).first?.get("is_longer") ?? false
  }
}
