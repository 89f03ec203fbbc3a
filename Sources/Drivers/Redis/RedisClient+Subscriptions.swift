/// Listening.
extension RedisClient {
  /// The messages of these channels. See ``RedisSubscription`` for its life.
  package func subscribe(to channels: [String]) -> RedisSubscription { RedisSubscription(client: self, channels: channels) }

  /// The changes of all keys that begin with one of these prefixes, for whoever keeps copies of them. No prefix may be the beginning of
  /// another one (the server refuses that); no prefixes means all keys. See ``RedisTracking`` for its life.
  package func track(prefixes: [String]) -> RedisTracking { RedisTracking(client: self, prefixes: prefixes) }
}
