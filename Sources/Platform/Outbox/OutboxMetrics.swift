/// What an outbox shows of itself, per brand, so that one stuck brand is visible beside healthy ones (S0-WAL-15).
package struct OutboxMetrics: Sendable {
  let published: Counter
  let failed: Counter
  let deadLettered: Counter
  let oldestUnpublishedSeconds: Gauge
  let unpublished: Gauge
  let streamLag: Gauge

  package init(_ table: OutboxTable, registry: MetricsRegistry) {
    let prefix = table.metricPrefix
    published = registry.counter("\(prefix)_published_total", "Events that the stream has.", labels: ["brand_code"])
    failed = registry.counter("\(prefix)_publish_failed_total", "Rounds of publishing that failed.", labels: ["brand_code"])
    deadLettered = registry.counter(
      "\(prefix)_dead_lettered_total", "Events set aside because they can't be published.", labels: ["brand_code"])
    oldestUnpublishedSeconds = registry.gauge(
      "\(prefix)_oldest_unpublished_seconds", "Age of the oldest event that waits to be published; 0 when none waits.",
      labels: ["brand_code"])
    unpublished = registry.gauge("\(prefix)_unpublished_events", "Events that wait to be published.", labels: ["brand_code"])
    streamLag = registry.gauge(
      "\(prefix)_stream_lag_entries", "Entries of the stream that a consumer group has not been given yet.", labels: ["group"])
  }
}
