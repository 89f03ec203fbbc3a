package import Platform

/// What the wallet counts; names are public interface (S0-OBS).
package struct WalletMetrics: Sendable {
  let crossBrandRejected: Counter
  let idempotencyBrandSplit: CounterSeries
  let commands: Counter
  let writeFailures: Counter
  let writeDelay: Histogram
  let defaultBrandUnprimed: CounterSeries
  let defaultBrandFallback: Counter

  package init(_ registry: MetricsRegistry) {
    crossBrandRejected = registry.counter(
      "wallet_cross_brand_rejected_total", "Commands that addressed another brand's row.", labels: ["command", "mode"])
    idempotencyBrandSplit = registry.counter(
      "wallet_idempotency_brand_split_total", "Idempotency keys that were seen under two brands."
    ).series()
    commands = registry.counter(
      "wallet_commands_total", "Commands that got an answer, by outcome.", labels: ["brand_code", "command", "outcome"])
    writeFailures = registry.counter(
      "wallet_write_failed_total", "Commands whose ledger or outbox rows could not be written.", labels: ["command", "kind"])
    writeDelay = registry.histogram(
      "wallet_ledger_write_delay_seconds", "From the start of a command to the commit of its ledger rows.", labels: ["brand_code"])
    defaultBrandUnprimed = registry.counter(
      "wallet_topology_default_brand_unprimed_total", "Uses of the default brand's id before it was read at start."
    ).series()
    defaultBrandFallback = registry.counter(
      "wallet_topology_default_brand_fallback_total", "Topologies that were resolved without a brand, for the default one.",
      labels: ["caller_origin"])
  }
}
