package import Kernel
package import Postgres

/// A row of `cordon.admin_audit`.
package struct AuditRecord: Hashable, Sendable {
  package let id: Int64
  /// Nil for an act on the platform.
  package let brand: BrandID?
  package let operatorID: String
  package let action: String
  package let resource: String
  package let resourceKey: String
  package let oldValue: JSONText?
  package let newValue: JSONText?
  package let reason: String?
  package let requestID: String?
  package let createdAt: Timestamp

  init(row: Row) throws(PostgresError) {
    id = try row.get("audit_id")
    brand = try row.getOptional("brand_id")
    operatorID = try row.get("operator_id")
    action = try row.get("action")
    resource = try row.get("resource")
    resourceKey = try row.get("resource_key")
    oldValue = try row.getOptional("old_value")
    newValue = try row.getOptional("new_value")
    reason = try row.getOptional("reason")
    requestID = try row.getOptional("request_id")
    createdAt = try row.get("created_at")
  }
}
