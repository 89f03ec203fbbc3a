/// One line of an exposition: the family's name with a suffix, labels and a value.
package struct MetricSample: Sendable, Hashable {
  /// `_bucket`, `_sum`, `_count`, or empty.
  package let suffix: String
  /// Pairs in their fixed order.
  package let labels: [(name: String, value: String)]
  package let value: Double

  package init(suffix: String = "", labels: [(name: String, value: String)], value: Double) {
    self.suffix = suffix
    self.labels = labels
    self.value = value
  }

  package static func == (left: MetricSample, right: MetricSample) -> Bool {
    left.suffix == right.suffix && left.value == right.value && left.labels.elementsEqual(right.labels, by: ==)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(suffix)
    hasher.combine(value)
    for label in labels { hasher.combine(label.value) }
  }
}
