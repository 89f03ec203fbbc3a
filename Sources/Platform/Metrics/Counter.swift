/// A family of counters, which only grow. The name ends in `_total`.
package final class Counter: MetricFamily {
  package let name: String
  package let help: String
  package let labels: [String]
  package var kind: MetricKind { .counter }

  private let table: SeriesTable<CounterSeries>

  package init(name: String, help: String, labels: [String]) {
    self.name = name
    self.help = help
    self.labels = labels
    self.table = SeriesTable(labelCount: labels.count) { CounterSeries() }
  }

  /// Adds to the series of these values, in the order of ``labels``.
  package func increment(_ values: [String] = [], by amount: UInt64 = 1) { table.find(values).increment(by: amount) }

  /// The series of these values, for hot paths; naming it also makes it appear in scrapes at zero.
  package func series(_ values: [String] = []) -> CounterSeries { table.find(values) }

  package func samples() -> [MetricSample] {
    table.all().map { MetricSample(labels: Array(zip(labels, $0.values)).map { (name: $0, value: $1) }, value: Double($0.series.value)) }
  }
}
