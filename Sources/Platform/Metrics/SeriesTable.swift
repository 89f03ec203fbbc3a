internal import Synchronization

/// The series of one family, at most `seriesMax` of them.
///
/// Label values may come from requests. Without a bound a hostile client could grow the process and the scrape without end,
/// so the values that come after the last free place are counted together under `_other`.
package final class SeriesTable<Series: Sendable>: Sendable {
  package static var seriesMax: Int { 1000 }
  package static var overflowLabel: String { "_other" }

  private let series = Mutex<[[String]: Series]>([:])
  private let labelCount: Int
  private let make: @Sendable () -> Series

  package init(labelCount: Int, make: @escaping @Sendable () -> Series) {
    self.labelCount = labelCount
    self.make = make
    if labelCount == 0 { _ = find([]) }
  }

  /// The series of these label values, made when it is new. A wrong number of values is a fault of the calling code.
  package func find(_ values: [String]) -> Series {
    precondition(values.count == labelCount, "a series needs exactly the label values that its family declares")
    return series.withLock { series in
      if let known = series[values] { return known }
      let key = series.count < Self.seriesMax ? values : values.map { _ in Self.overflowLabel }
      if let known = series[key] { return known }
      let new = make()
      series[key] = new
      return new
    }
  }

  /// Every series with its label values, sorted by them.
  package func all() -> [(values: [String], series: Series)] {
    series.withLock { $0.map { (values: $0.key, series: $0.value) } }
      .sorted { $0.values.lexicographicallyPrecedes($1.values) }
  }
}
