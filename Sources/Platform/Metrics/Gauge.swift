/// A family of values that rise and fall.
package final class Gauge: MetricFamily {
  package let name: String
  package let help: String
  package let labels: [String]
  package var kind: MetricKind { .gauge }

  private let table: SeriesTable<GaugeSeries>

  package init(name: String, help: String, labels: [String]) {
    self.name = name
    self.help = help
    self.labels = labels
    self.table = SeriesTable(labelCount: labels.count) { GaugeSeries() }
  }

  package func set(_ value: Double, _ values: [String] = []) { table.find(values).set(value) }

  package func add(_ amount: Double, _ values: [String] = []) { table.find(values).add(amount) }

  /// The series of these values, for hot paths.
  package func series(_ values: [String] = []) -> GaugeSeries { table.find(values) }

  package func samples() -> [MetricSample] {
    table.all().map { MetricSample(labels: Array(zip(labels, $0.values)).map { (name: $0, value: $1) }, value: $0.series.value) }
  }
}
