/// One named metric with all its series, as the registry holds and exposes it.
package protocol MetricFamily: Sendable {
  var name: String { get }
  var help: String { get }
  var kind: MetricKind { get }
  var labels: [String] { get }
  /// Sample lines in a stable order.
  func samples() -> [MetricSample]
}
