package import Logging
package import Platform

/// The residue that no transaction closes (C-19): money moved in another role, its intent is audited, and the row about the outcome
/// could not be written. Each is counted and logged; any non-zero rate pages (S0-AUD-09).
package struct AuditFailures: Sendable {
  private let counter: Counter

  package init(registry: MetricsRegistry) {
    counter = registry.counter(
      "admin_audit_write_failed_total", "Acts that happened and whose outcome could not be written to admin_audit.", labels: ["route"])
  }

  /// Makes the route's series show at zero.
  package func declare(route: String) { _ = counter.series([route]) }

  package func count(_ entry: AuditEntry, route: String, error: any Error, logger: Logger) {
    counter.increment([route])
    logger.critical(
      "audit row lost",
      metadata: [
        "action": "\(entry.action.rawValue)", "resource": "\(entry.resource.rawValue)", "resource_key": "\(entry.resourceKey)",
        "operator_id": "\(entry.operatorID)", "route": "\(route)", "error": "\(error)",
      ])
  }
}
