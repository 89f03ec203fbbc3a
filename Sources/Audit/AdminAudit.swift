package import Kernel
package import Postgres
internal import Platform

/// `cordon.admin_audit`: append and read. A row is written in the transaction of the change that it records, so that neither exists
/// without the other (C-19); the table refuses every later change of it.
package enum AdminAudit {
  /// Records an act in the transaction's brand. Returns the row's number.
  @discardableResult
  package static func append(_ entry: AuditEntry, in transaction: BrandTransaction) async throws(PostgresError) -> Int64 {
    try number(of: try await transaction.query(insertion(of: entry, brand: transaction.brand)))
  }

  /// Records an act on the platform, or with `brand` one on a brand's row of a platform table.
  @discardableResult
  package static func append(
    _ entry: AuditEntry, brand: BrandID?, in transaction: PlatformTransaction
  ) async throws(PostgresError) -> Int64 {
    try number(of: try await transaction.query(insertion(of: entry, brand: brand)))
  }

  /// At most `limit` rows of the transaction's brand, newest first, from before the row numbered `before`.
  package static func page(
    _ filter: AuditFilter, before: Int64?, limit: Int, in transaction: BrandTransaction
  ) async throws(PostgresError) -> [AuditRecord] {
    try records(try await transaction.query(selection("brand_id = \(transaction.brand)", filter, before: before, limit: limit)))
  }

  /// As the other `page`, over all brands and the platform's own rows.
  package static func page(
    _ filter: AuditFilter, before: Int64?, limit: Int, in transaction: PlatformTransaction
  ) async throws(PostgresError) -> [AuditRecord] {
    try records(try await transaction.query(selection("true", filter, before: before, limit: limit)))
  }

  /// The row of this number, if it is the brand's.
  package static func record(_ id: Int64, in transaction: BrandTransaction) async throws(PostgresError) -> AuditRecord? {
    try records(
      try await transaction.query("SELECT \(columns) FROM cordon.admin_audit WHERE brand_id = \(transaction.brand) AND audit_id = \(id)")
    ).first
  }

  // MARK: SQL

  private static let columns: SQL =
    "audit_id, brand_id, operator_id, action, resource, resource_key, old_value, new_value, reason, request_id, created_at"

  private static func insertion(of entry: AuditEntry, brand: BrandID?) -> SQL {
    """
    INSERT INTO cordon.admin_audit (brand_id, operator_id, action, resource, resource_key, old_value, new_value, reason, request_id)
    VALUES (\(brand), \(entry.operatorID), \(entry.action.rawValue), \(entry.resource.rawValue), \(entry.resourceKey),
      \(entry.oldValue.map(text)), \(entry.newValue.map(text)), \(entry.reason), \(entry.requestID))
    RETURNING audit_id
    """
  }

  private static func selection(_ scope: SQL, _ filter: AuditFilter, before: Int64?, limit: Int) -> SQL {
    """
    SELECT \(columns) FROM cordon.admin_audit
    WHERE \(scope)
      AND (\(before)::bigint IS NULL OR audit_id < \(before))
      AND (\(filter.resource)::text IS NULL OR resource = \(filter.resource))
      AND (\(filter.resourceKey)::text IS NULL OR resource_key = \(filter.resourceKey))
      AND (\(filter.operatorID)::text IS NULL OR operator_id = \(filter.operatorID))
      AND (\(filter.action)::text IS NULL OR action = \(filter.action))
    ORDER BY audit_id DESC
    LIMIT \(Int64(limit))
    """
  }

  private static func text(_ value: JSONValue) -> JSONText { JSONText(JSONWriter.text(of: value)) }

  private static func number(of rows: Rows) throws(PostgresError) -> Int64 {
    guard let row = rows.first else { throw PostgresError(.server, "no row came back", operation: "append to admin_audit") }
    return try row.get("audit_id")
  }

  private static func records(_ rows: Rows) throws(PostgresError) -> [AuditRecord] {
    var records: [AuditRecord] = []
    for row in rows { records.append(try AuditRecord(row: row)) }
    return records
  }
}
