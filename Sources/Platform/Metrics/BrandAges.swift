package import Kernel
internal import Synchronization

/// A gauge of the time since something was last whole in each brand. Computed at each scrape, so that it grows when the work hangs.
package final class BrandAges: Sendable {
  private let moments = Mutex<[BrandCode: Timestamp]>([:])

  /// - Parameter name: in seconds.
  package init(_ registry: MetricsRegistry, _ name: String, _ help: String, clock: WallClock) {
    let age = registry.gauge(name, help, labels: ["brand_code"])
    registry.beforeScrape { [weak self] in
      guard let self else { return }
      let now = clock.now()
      for (brand, moment) in moments.withLock({ $0 }) {
        age.set(max(0, Double(now.microseconds - moment.microseconds) / 1_000_000), [brand.rawValue])
      }
    }
  }

  /// It was whole at this moment.
  package func tell(_ moment: Timestamp, of brand: BrandCode) { moments.withLock { $0[brand] = moment } }

  /// A brand of which nothing is known counts from here, so that one whose work never succeeds grows old too.
  package func begin(_ moment: Timestamp, of brand: BrandCode) { moments.withLock { $0[brand] = $0[brand] ?? moment } }
}
