internal import Synchronization

/// One histogram. A scrape may see an observation in a bucket a moment before it is in the sum; each number is exact by itself.
package final class HistogramSeries: Sendable {
  /// Upper bounds, ascending, without infinity.
  package let bounds: [Double]
  private let buckets: [CounterSeries]
  private let total = GaugeSeries()

  package init(bounds: [Double]) {
    self.bounds = bounds
    self.buckets = (0...bounds.count).map { _ in CounterSeries() }
  }

  package func observe(_ value: Double) {
    buckets[bounds.firstIndex { value <= $0 } ?? bounds.count].increment()
    total.add(value)
  }

  package var sum: Double { total.value }

  /// Observations at or below each bound, then all of them.
  package var cumulativeCounts: [UInt64] {
    var sum: UInt64 = 0
    return buckets.map { bucket in
      sum += bucket.value
      return sum
    }
  }
}
