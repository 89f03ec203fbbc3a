internal import Kernel
internal import Platform

/// What the wallet counts of Plisio's callbacks; the names are public interface (S0-WAL-30, S0-WAL-31).
struct PlisioMetrics: Sendable {
  let callbacks: Counter
  let refused: Counter
  let replaysBlocked: Counter
  let redisOutage: CounterSeries

  init(_ registry: MetricsRegistry, environment: DeploymentEnvironment) {
    callbacks = registry.counter("plisio_callback_total", "Callbacks of Plisio that were handled, by outcome.", labels: ["outcome"])
    refused = registry.counter(
      "plisio_callback_refused_total", "Callbacks that were refused because of their signature, time or form.", labels: ["reason"])
    replaysBlocked = registry.counter(
      "plisio_callback_replay_blocked_total", "Callbacks that had been handled before.", labels: ["status"])
    redisOutage =
      registry.counter(
        "plisio_callback_replay_redis_outage_total", "Callbacks whose replay could not be looked up in Redis.", labels: ["env"]
      ).series([environment.label])
  }
}
