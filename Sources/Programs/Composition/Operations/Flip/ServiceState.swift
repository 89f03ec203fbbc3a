package import Kernel
internal import Platform

/// What a running service says of its enforcement, at `/health` and `/metrics`.
package struct ServiceState: Sendable {
  package let role: ServiceRole
  package let mode: EnforcementMode
  /// Since it was started, and so since it has counted and had this mode: a mode is read at the start alone.
  package let uptimeSeconds: Int64
  /// When that was.
  package let since: Timestamp
  let metrics: MetricsText

  /// Requests that it answered since then.
  package var requests: Int { Int(metrics.total("request_total")) }

  init?(_ role: ServiceRole, health: HealthBody, metrics: MetricsText, now: Timestamp) {
    guard let mode = health.weakestMode, health.role == role.processName else { return nil }
    self.role = role
    self.mode = mode
    self.uptimeSeconds = health.uptimeSeconds
    self.since = now.advanced(bySeconds: -health.uptimeSeconds)
    self.metrics = metrics
  }
}
