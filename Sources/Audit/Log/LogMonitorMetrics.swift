internal import Kernel
internal import Platform

/// What verifying shows of itself, per log (S4-INT-04).
struct LogMonitorMetrics: Sendable {
  private let failures: Counter
  private let tampered: Gauge
  private let ages: SeriesAges

  init(_ registry: MetricsRegistry, clock: WallClock) {
    failures = registry.counter(
      "evidence_verification_failures_total", "Rounds that found a log not to be what was signed.", labels: LogName.labels + ["reason"])
    tampered = registry.gauge(
      "evidence_log_tampered", "1 while a log is not what was signed, for this reason.", labels: LogName.labels + ["reason"])
    ages = SeriesAges(
      registry, "evidence_log_verified_age_seconds", "Time since a log was last read from its first entry to its last.",
      labels: LogName.labels, clock: clock)
  }

  /// The log is about to be read.
  func begin(_ log: LogName, at moment: Timestamp) { ages.begin(moment, of: log.values) }

  /// It was read.
  func tell(_ refusal: LogRefusal?, of log: LogName, at moment: Timestamp) {
    ages.tell(moment, of: log.values)
    if let refusal { failures.increment(log.values + [refusal.reason.rawValue]) }
    for reason in LogRefusal.Reason.allCases { tampered.set(refusal?.reason == reason ? 1 : 0, log.values + [reason.rawValue]) }
  }
}
