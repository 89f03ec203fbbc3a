internal import Platform

/// What the security audit shows of itself (S3-ALR-01, S3-FALL-05). Identities are in the table: they are no labels (C-45).
struct SecurityAuditMetrics: Sendable {
  private let violations: Counter
  private let kept: CounterSeries
  private let fallbacks: CounterSeries
  private let losses: CounterSeries

  init(_ registry: MetricsRegistry) {
    violations = registry.counter(
      "security_violations_total", "Attempts of somebody of one brand to reach another.", labels: ["event_type", "severity"])
    kept = registry.counter("security_violations_db_total", "Of those, the ones that were written to security_audit_logs at once.").series()
    fallbacks = registry.counter(
      "auth_log_fallback_total", "Of those, the ones that went to SECURITY_LOG_PATH because the table could not be written."
    ).series()
    losses = registry.counter("security_violations_lost_total", "Of those, the ones that only the log has.").series()
    for kind in BrandViolation.Kind.allCases { _ = violations.series([kind.rawValue, BrandViolation.Severity.critical.rawValue]) }
  }

  func saw(_ violation: BrandViolation) { violations.increment([violation.kind.rawValue, violation.severity.rawValue]) }

  func wroteToTable() { kept.increment() }

  func wroteToFile(_ count: Int) { fallbacks.increment(by: UInt64(count)) }

  func lost(_ count: Int) { losses.increment(by: UInt64(count)) }
}
