internal import Kernel
internal import Platform

/// What signing shows of itself, per log.
struct LogMetrics: Sendable {
  private let size: Gauge
  private let refused: Gauge
  private let ages: SeriesAges

  init(_ registry: MetricsRegistry, clock: WallClock) {
    size = registry.gauge("evidence_log_signed_entries", "Entries of a log that are signed.", labels: LogName.labels)
    refused = registry.gauge(
      "evidence_log_refused", "1 while a log is not signed any further, for this reason.", labels: LogName.labels + ["reason"])
    ages = SeriesAges(
      registry, "evidence_log_signed_age_seconds", "Time since everything in a log was signed.", labels: LogName.labels, clock: clock)
  }

  /// The log is about to be signed.
  func begin(_ log: LogName, at moment: Timestamp) { ages.begin(moment, of: log.values) }

  func tell(_ progress: LogPublisher.Progress, of log: LogName, at moment: Timestamp) {
    size.set(Double(progress.size), log.values)
    if progress.isAtEnd { ages.tell(moment, of: log.values) }
  }

  func tell(_ refusal: LogRefusal?, of log: LogName) {
    for reason in LogRefusal.Reason.allCases { refused.set(refusal?.reason == reason ? 1 : 0, log.values + [reason.rawValue]) }
  }
}
