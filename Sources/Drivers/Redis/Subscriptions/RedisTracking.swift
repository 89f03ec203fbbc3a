/// The changes of all keys with certain prefixes (server-assisted client-side caching, in broadcasting mode).
///
/// An invalidation may overtake the reply of the read that it is meant for, because they travel on different connections. Whoever fills a
/// cache must therefore note before each read that it is under way, and keep the value only if no invalidation of the key came meanwhile.
///
/// Like ``RedisSubscription`` it works only while the iterator is asked, and ends when the task is cancelled or the client closed.
package struct RedisTracking: AsyncSequence, Sendable {
  package typealias Element = RedisTrackingEvent
  package typealias Failure = Never

  let client: RedisClient
  let prefixes: [String]

  package func makeAsyncIterator() -> Iterator {
    Iterator(feed: RedisFeed(client, channels: [RedisFeed.invalidationChannel], trackedPrefixes: prefixes))
  }

  package struct Iterator: AsyncIteratorProtocol {
    let feed: RedisFeed

    package mutating func next() async -> RedisTrackingEvent? { await next(isolation: nil) }

    package mutating func next(isolation actor: isolated (any Actor)?) async -> RedisTrackingEvent? {
      guard let event = await feed.next() else { return nil }
      switch event {
      case .established: return .established
      case .interrupted: return .interrupted
      case .message(_, .array(let keys)): return .invalidated(keys.compactMap(\.text))
      // Null means all keys. Of a payload that we don't understand the safe reading is the same.
      case .message: return .flushed
      }
    }
  }
}
