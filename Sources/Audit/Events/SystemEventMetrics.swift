internal import Kernel
internal import Platform

/// What the recorder shows of itself.
struct SystemEventMetrics: Sendable {
  enum Loss: String, CaseIterable {
    /// Its brand had no room left.
    case queueFull = "queue_full"
    /// The process ended before it could be written.
    case shutdown
    /// The database doesn't take it.
    case refused
  }

  private let seen: Counter
  private let dropped: Counter
  private let failed: CounterSeries
  private let waiting: GaugeSeries

  init(_ registry: MetricsRegistry) {
    seen = registry.counter(
      "system_event_total", "Refusals that belong into the system event ledger, by brand.", labels: ["brand_code", "kind", "reason"])
    dropped = registry.counter("system_event_dropped_total", "Of those, the ones that are not in it.", labels: ["reason"])
    failed = registry.counter("system_event_write_failed_total", "Attempts to write system events that failed and are repeated.").series()
    waiting = registry.gauge("system_event_waiting", "System events that wait to be written.").series()
    for loss in Loss.allCases { _ = dropped.series([loss.rawValue]) }
    _ = seen.series(["none", SystemEventKind.denial.rawValue, ProblemReason.unauthenticated.rawValue])
  }

  func saw(_ event: SystemEvent, brand: BrandCode?) {
    seen.increment([brand?.rawValue ?? "none", event.kind.rawValue, event.reason ?? "none"])
  }

  func lost(_ loss: Loss, _ count: Int64) {
    if count > 0 { dropped.increment([loss.rawValue], by: UInt64(count)) }
  }

  func writeFailed() { failed.increment() }

  func show(waiting count: Int) { waiting.set(Double(count)) }
}
