package import Redis

/// What the wallet needs to take Plisio's callbacks.
package struct PlisioMaterial: Sendable {
  let redis: RedisClient
  let secrets: PlisioSecrets
  let toleranceSeconds: Int64

  /// - Parameter toleranceSeconds: how far a callback's timestamp may be from our clock, either way.
  package init(redis: RedisClient, secrets: PlisioSecrets, toleranceSeconds: Int64) {
    self.redis = redis
    self.secrets = secrets
    self.toleranceSeconds = toleranceSeconds
  }
}
