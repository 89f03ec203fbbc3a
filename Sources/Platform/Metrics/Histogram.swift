/// A family of distributions.
package final class Histogram: MetricFamily {
  /// The bounds that OpenTelemetry's HTTP conventions give for durations in seconds.
  package static let secondsBounds: [Double] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

  package let name: String
  package let help: String
  package let labels: [String]
  package var kind: MetricKind { .histogram }

  private let table: SeriesTable<HistogramSeries>

  package init(name: String, help: String, labels: [String], bounds: [Double] = Histogram.secondsBounds) {
    self.name = name
    self.help = help
    self.labels = labels
    self.table = SeriesTable(labelCount: labels.count) { HistogramSeries(bounds: bounds) }
  }

  package func observe(_ value: Double, _ values: [String] = []) { table.find(values).observe(value) }

  /// The series of these values, for hot paths.
  package func series(_ values: [String] = []) -> HistogramSeries { table.find(values) }

  package func samples() -> [MetricSample] { table.all().flatMap { lines(of: $0.series, values: $0.values) } }

  private func lines(of series: HistogramSeries, values: [String]) -> [MetricSample] {
    let pairs = zip(labels, values).map { (name: $0, value: $1) }
    let counts = series.cumulativeCounts
    let bounds = series.bounds.map { MetricNumber.text($0) } + ["+Inf"]
    let buckets = zip(bounds, counts).map { bound, count in
      MetricSample(suffix: "_bucket", labels: pairs + [(name: "le", value: bound)], value: Double(count))
    }
    return buckets + [
      MetricSample(suffix: "_sum", labels: pairs, value: series.sum),
      MetricSample(suffix: "_count", labels: pairs, value: Double(counts.last ?? 0)),
    ]
  }
}
