internal import Contracts
internal import Logging
internal import Redis

/// Passes what Redis tells of changed keys to the caches.
struct RedisChanges: Sendable {
  let redis: RedisClient
  let brands: BrandDirectory
  let sessions: SessionDirectory
  let logger: Logger
  /// Told whether changes are being told.
  let onTracking: @Sendable (Bool) -> Void

  private static let prefixes = [RedisKeys.domainAgentPrefix, RedisKeys.domainLevelPrefix, RedisKeys.playerSessionPrefix]

  /// Until the task is cancelled or the client is closed.
  func follow() async {
    for await event in redis.track(prefixes: Self.prefixes) { apply(event) }
    suspend()
  }

  private func suspend() {
    brands.suspend()
    sessions.suspend()
    onTracking(false)
  }

  private func apply(_ event: RedisTrackingEvent) {
    switch event {
    case .established:
      brands.resume()
      sessions.resume()
      onTracking(true)
    case .interrupted:
      // From here on every request asks Redis, until changes are told again.
      suspend()
      logger.warning("redis tracking interrupted: caches are bypassed")
    case .flushed:
      brands.flush()
      sessions.flush()
    case .invalidated(let keys): for key in keys { invalidate(key) }
    }
  }

  private func invalidate(_ key: String) {
    for prefix in [RedisKeys.domainAgentPrefix, RedisKeys.domainLevelPrefix] where key.hasPrefix(prefix) {
      return brands.invalidate(String(key.dropFirst(prefix.count)))
    }
    sessions.invalidate(key)
  }
}
