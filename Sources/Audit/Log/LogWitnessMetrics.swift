internal import Kernel
internal import Platform

/// What asking witnesses shows of itself, per log and witness.
struct LogWitnessMetrics: Sendable {
  private static let labels = LogName.labels + ["witness"]

  private let refused: Gauge
  private let ages: SeriesAges

  init(_ registry: MetricsRegistry, clock: WallClock) {
    refused = registry.gauge(
      "evidence_witness_refused", "1 while a witness doesn't cosign a log, for this reason.", labels: Self.labels + ["reason"])
    ages = SeriesAges(
      registry, "evidence_witness_age_seconds", "Time since a witness had cosigned everything that is signed of a log.",
      labels: Self.labels, clock: clock)
  }

  /// One of which nothing is known counts from here, so that a witness that never answers grows old too.
  func begin(_ log: LogName, _ witness: String, at moment: Timestamp) { ages.begin(moment, of: log.values + [witness]) }

  func cosigned(_ log: LogName, _ witness: String, at moment: Timestamp) { ages.tell(moment, of: log.values + [witness]) }

  /// - Parameter fault: nil when there is none any more.
  func tell(_ fault: LogWitnessFault?, _ log: LogName, _ witness: String) {
    for reason in LogWitnessFault.Reason.allCases {
      refused.set(fault?.reason == reason ? 1 : 0, log.values + [witness, reason.rawValue])
    }
  }
}
