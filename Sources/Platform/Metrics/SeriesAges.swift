package import Kernel
internal import Synchronization

/// A gauge of the time since something was last whole, per series. Computed at each scrape, so that it grows when the work hangs.
package final class SeriesAges: Sendable {
  private let moments = Mutex<[[String]: Timestamp]>([:])

  /// - Parameter name: in seconds.
  package init(_ registry: MetricsRegistry, _ name: String, _ help: String, labels: [String], clock: WallClock) {
    let age = registry.gauge(name, help, labels: labels)
    registry.beforeScrape { [weak self] in
      guard let self else { return }
      let now = clock.now()
      for (series, moment) in moments.withLock({ $0 }) {
        age.set(max(0, Double(now.microseconds - moment.microseconds) / 1_000_000), series)
      }
    }
  }

  /// It was whole at this moment.
  package func tell(_ moment: Timestamp, of series: [String]) { moments.withLock { $0[series] = moment } }

  /// One of which nothing is known counts from here, so that one whose work never succeeds grows old too.
  package func begin(_ moment: Timestamp, of series: [String]) { moments.withLock { $0[series] = $0[series] ?? moment } }
}
