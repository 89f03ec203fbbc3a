/// The two text forms of an exposition.
package enum MetricsFormat: Sendable {
  /// Prometheus text format 0.0.4.
  case prometheus
  /// OpenMetrics 1.0: counters' metadata without `_total`, ends with `# EOF`.
  case openMetrics

  /// OpenMetrics when the scraper names it, the classic form for everyone else.
  package static func accepted(by accept: String?) -> MetricsFormat {
    accept?.contains("application/openmetrics-text") == true ? .openMetrics : .prometheus
  }

  package var contentType: String {
    switch self {
    case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    }
  }
}
