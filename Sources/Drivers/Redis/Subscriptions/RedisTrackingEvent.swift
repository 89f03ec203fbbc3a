/// What the server tells the owner of a cache of its keys.
package enum RedisTrackingEvent: Hashable, Sendable {
  /// From here on every change of a tracked key is told. The cache may be filled, with what is read from now on.
  case established
  /// These keys were changed, deleted, evicted or have expired.
  case invalidated([String])
  /// Every key was removed (FLUSHALL, FLUSHDB): empty the cache.
  case flushed
  /// Changes may be missed from now on: empty the cache, and don't use it until the next ``established``.
  case interrupted
}
