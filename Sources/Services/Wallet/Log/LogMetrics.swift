internal import Kernel
internal import Platform
internal import Synchronization

/// What signing shows of itself, per brand.
struct LogMetrics: Sendable {
  private final class SignedToEnd: Sendable {
    let moments = Mutex<[BrandCode: Timestamp]>([:])
  }

  private let size: Gauge
  private let refused: Gauge
  private let signedToEnd = SignedToEnd()

  init(_ registry: MetricsRegistry, clock: WallClock) {
    size = registry.gauge("evidence_log_signed_entries", "Entries of a brand's log that are signed.", labels: ["brand_code"])
    refused = registry.gauge(
      "evidence_log_refused", "1 while a brand's log is not signed any further, for this reason.", labels: ["brand_code", "reason"])
    let age = registry.gauge(
      "evidence_log_signed_age_seconds", "Time since everything in a brand's log was signed.", labels: ["brand_code"])
    // Computed at each scrape, so that it grows when signing hangs.
    registry.beforeScrape { [signedToEnd] in
      let now = clock.now()
      for (brand, moment) in signedToEnd.moments.withLock({ $0 }) {
        age.set(max(0, Double(now.microseconds - moment.microseconds) / 1_000_000), [brand.rawValue])
      }
    }
  }

  func tell(_ progress: LogPublisher.Progress, of brand: BrandCode, at moment: Timestamp) {
    size.set(Double(progress.size), [brand.rawValue])
    signedToEnd.moments.withLock { moments in
      if progress.isAtEnd || moments[brand] == nil { moments[brand] = moment }
    }
  }

  func tell(_ refusal: LogRefusal?, of brand: BrandCode) {
    for reason in LogRefusal.Reason.allCases { refused.set(refusal?.reason == reason ? 1 : 0, [brand.rawValue, reason.rawValue]) }
  }
}
