internal import Synchronization

/// The metrics of one role. Each role has its own registry even when several run in one process, so that `/metrics` of a port
/// speaks of that role alone.
package final class MetricsRegistry: Sendable {
  private struct State {
    var families: [String: any MetricFamily] = [:]
    var beforeScrape: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  package init() {}

  /// The counter of this name, made when it is new. The same name with another kind or other labels is a fault of the code.
  package func counter(_ name: String, _ help: String, labels: [String] = []) -> Counter {
    declare(Counter(name: name, help: help, labels: labels))
  }

  package func gauge(_ name: String, _ help: String, labels: [String] = []) -> Gauge {
    declare(Gauge(name: name, help: help, labels: labels))
  }

  package func histogram(
    _ name: String, _ help: String, labels: [String] = [], bounds: [Double] = Histogram.secondsBounds
  ) -> Histogram {
    declare(Histogram(name: name, help: help, labels: labels, bounds: bounds))
  }

  /// Runs `update` before each exposition: for gauges that are read from somewhere, such as a pool's size.
  package func beforeScrape(_ update: @escaping @Sendable () -> Void) {
    state.withLock { $0.beforeScrape.append(update) }
  }

  /// Every family, sorted by name.
  package func exposition(_ format: MetricsFormat) -> String {
    for update in state.withLock({ $0.beforeScrape }) { update() }
    let families = state.withLock { Array($0.families.values) }.sorted { $0.name < $1.name }
    return MetricsExposition.text(of: families, format: format)
  }

  private func declare<Family: MetricFamily>(_ family: Family) -> Family {
    state.withLock { state in
      guard let known = state.families[family.name] else {
        state.families[family.name] = family
        return family
      }
      guard let same = known as? Family, same.labels == family.labels else {
        // Declarations stand in code and run at the start, so that no input leads here and the first test does.
        preconditionFailure("metric \(family.name) is declared twice, differently")
      }
      return same
    }
  }
}
