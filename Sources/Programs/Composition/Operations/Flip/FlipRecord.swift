internal import Audit
package import Kernel
package import Platform
internal import Postgres

/// A flip that was asked for, as `admin_audit` keeps it for ever.
package struct FlipRecord: Sendable {
  package let at: Timestamp
  package let operatorID: String
  package let reason: String
  /// What the runbook's query finds in `new_value` (S0-ENF-16).
  package let value: JSONValue

  init(_ record: AuditRecord) throws {
    at = record.createdAt
    operatorID = record.operatorID
    reason = record.reason ?? ""
    value = try record.newValue.map { try JSONDocument.parse(Array($0.text.utf8)) } ?? .null
  }

  package var direction: String { value["direction"]?.text ?? "?" }
  package var isDryRun: Bool { value["dry_run"] == .boolean(true) }
  package var isRefused: Bool { if case .array(let refusals)? = value["refused_for"] { !refusals.isEmpty } else { false } }

  package var services: [String] {
    guard case .array(let services)? = value["services"] else { return [] }
    return services.compactMap(\.text)
  }
}
