internal import Kernel
internal import Platform

/// What signing shows of itself, per brand.
struct LogMetrics: Sendable {
  private let size: Gauge
  private let refused: Gauge
  private let ages: BrandAges

  init(_ registry: MetricsRegistry, clock: WallClock) {
    size = registry.gauge("evidence_log_signed_entries", "Entries of a brand's log that are signed.", labels: ["brand_code"])
    refused = registry.gauge(
      "evidence_log_refused", "1 while a brand's log is not signed any further, for this reason.", labels: ["brand_code", "reason"])
    ages = BrandAges(
      registry, "evidence_log_signed_age_seconds", "Time since everything in a brand's log was signed.", clock: clock)
  }

  /// The brand's log is about to be signed.
  func begin(_ brand: BrandCode, at moment: Timestamp) { ages.begin(moment, of: brand) }

  func tell(_ progress: LogPublisher.Progress, of brand: BrandCode, at moment: Timestamp) {
    size.set(Double(progress.size), [brand.rawValue])
    if progress.isAtEnd { ages.tell(moment, of: brand) }
  }

  func tell(_ refusal: LogRefusal?, of brand: BrandCode) {
    for reason in LogRefusal.Reason.allCases { refused.set(refusal?.reason == reason ? 1 : 0, [brand.rawValue, reason.rawValue]) }
  }
}
