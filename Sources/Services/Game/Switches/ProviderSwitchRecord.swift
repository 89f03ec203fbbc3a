package import Kernel
internal import Platform
internal import Postgres

/// How a provider stands for a brand, and who said so.
package struct ProviderSwitchRecord: Hashable, Sendable {
  package let provider: String
  package let enabled: Bool
  package let maintenance: Bool
  /// Nil where nobody has said anything.
  package let reason: String?
  package let updatedBy: String?
  package let updatedAt: Timestamp?

  /// As it is while nobody says anything.
  init(provider: String) {
    self.provider = provider
    (enabled, maintenance, reason, updatedBy, updatedAt) = (true, false, nil, nil, nil)
  }

  init(row: Row) throws(PostgresError) {
    provider = try row.get("provider")
    enabled = try row.get("enabled")
    maintenance = try row.get("maintenance")
    reason = try row.get("reason")
    updatedBy = try row.get("updated_by")
    updatedAt = try row.get("updated_at")
  }

  var auditValue: JSONValue { ["enabled": .boolean(enabled), "maintenance": .boolean(maintenance)] }
}
