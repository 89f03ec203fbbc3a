/// What a role counts about frozen tables.
struct FreezeMetrics: Sendable {
  let active: Gauge
  let refused: Counter
  let unknown: Counter

  init(_ registry: MetricsRegistry) {
    active = registry.gauge("table_freeze_active", "1 while the table is frozen.", labels: ["table"])
    refused = registry.counter("table_freeze_refused_total", "Writes that were refused because the table is frozen.", labels: ["table"])
    unknown = registry.counter(
      "table_freeze_unknown_total", "Writes that were decided without Redis, by what it last said of the table.", labels: ["table"])
  }
}
