internal import Kernel
internal import Platform
internal import Synchronization

/// What asking witnesses shows of itself, per brand and witness.
final class LogWitnessMetrics: Sendable {
  private struct Key: Hashable {
    let brand: BrandCode
    let witness: String
  }

  private let refused: Gauge
  private let moments = Mutex<[Key: Timestamp]>([:])

  init(_ registry: MetricsRegistry, clock: WallClock) {
    let age = registry.gauge(
      "evidence_witness_age_seconds", "Time since a witness had cosigned everything that is signed of a brand's log.",
      labels: ["brand_code", "witness"])
    refused = registry.gauge(
      "evidence_witness_refused", "1 while a witness doesn't cosign a brand's log, for this reason.",
      labels: ["brand_code", "witness", "reason"])
    registry.beforeScrape { [weak self] in
      guard let self else { return }
      let now = clock.now()
      for (key, moment) in moments.withLock({ $0 }) {
        age.set(max(0, Double(now.microseconds - moment.microseconds) / 1_000_000), [key.brand.rawValue, key.witness])
      }
    }
  }

  /// One of which nothing is known counts from here, so that a witness that never answers grows old too.
  func begin(_ brand: BrandCode, _ witness: String, at moment: Timestamp) {
    let key = Key(brand: brand, witness: witness)
    moments.withLock { $0[key] = $0[key] ?? moment }
  }

  func cosigned(_ brand: BrandCode, _ witness: String, at moment: Timestamp) {
    moments.withLock { $0[Key(brand: brand, witness: witness)] = moment }
  }

  /// - Parameter fault: nil when there is none any more.
  func tell(_ fault: LogWitnessFault?, _ brand: BrandCode, _ witness: String) {
    for reason in LogWitnessFault.Reason.allCases {
      refused.set(fault?.reason == reason ? 1 : 0, [brand.rawValue, witness, reason.rawValue])
    }
  }
}
