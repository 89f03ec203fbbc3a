internal import Kernel
internal import Logging
internal import Platform
internal import Redis

/// `brand_resolution_failed_total{reason="redis_error"}` of this role: Redis could not be asked for, or told, a host's brand (S0-RES-17).
struct ResolutionFailures: Sendable {
  private let counter: Counter
  private let service: String

  init(metrics: PlatformMetrics) {
    service = metrics.service
    counter = metrics.registry.counter(
      "brand_resolution_failed_total", "Requests whose brand could not be established, by reason.", labels: ["reason", "service"])
    _ = counter.series([ProblemReason.redisError.rawValue, service])
  }

  func countRedisError(_ error: RedisError, logger: Logger) {
    counter.increment([ProblemReason.redisError.rawValue, service])
    logger.error("Redis failed under a host binding", metadata: ["reason": "redis_error", "error": "\(error)"])
  }
}
