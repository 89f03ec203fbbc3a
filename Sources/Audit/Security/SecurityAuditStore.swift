internal import Kernel
package import Postgres

/// The SQL of `security_audit_logs`.
package enum SecurityAuditStore {
  /// - Returns: false where a row was written under this key before.
  @discardableResult
  package static func insert(_ entry: SecurityAuditEntry, _ transaction: PlatformTransaction) async throws(PostgresError) -> Bool {
    let key = entry.key.description
    return try await transaction.execute(
      """
      WITH entry AS (
        INSERT INTO cordon.security_audit_logs (event_type, user_id, authenticated_restaurant_id, attempted_restaurant_id, session_id,
          ip_address, user_agent, severity, created_at)
        SELECT \(entry.eventType), \(entry.user)::text, \(entry.authenticated)::bigint, \(entry.attempted)::bigint, \(entry.session)::text,
          \(entry.address)::text, \(entry.agent)::text, \(entry.severity), \(entry.at)
        WHERE NOT EXISTS (SELECT FROM evidence.security_audit_key AS k WHERE k.entry_key = \(key))
        RETURNING id)
      INSERT INTO evidence.security_audit_key (entry_key, id) SELECT \(key), e.id FROM entry AS e
      """) == 1
  }
}
