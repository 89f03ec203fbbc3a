/// The messages of some channels, over a connection of their own that is made again whenever it breaks.
///
/// Nothing happens in the background: the connection is made by the first `next()`, lives as long as the iterator, and is read only as
/// fast as the iterator is asked. The sequence ends when the task is cancelled or the client closed.
package struct RedisSubscription: AsyncSequence, Sendable {
  package typealias Element = RedisSubscriptionEvent
  package typealias Failure = Never

  let client: RedisClient
  let channels: [String]

  package func makeAsyncIterator() -> Iterator {
    Iterator(feed: RedisFeed(client, channels: channels, trackedPrefixes: nil))
  }

  package struct Iterator: AsyncIteratorProtocol {
    let feed: RedisFeed

    package mutating func next() async -> RedisSubscriptionEvent? { await next(isolation: nil) }

    package mutating func next(isolation actor: isolated (any Actor)?) async -> RedisSubscriptionEvent? {
      while let event = await feed.next() {
        switch event {
        case .established: return .subscribed
        case .interrupted: return .interrupted
        case .message(let channel, let payload):
          // Only invalidations have a payload that isn't bytes, and those come on a channel that nobody subscribes to here.
          if let bytes = payload.bytes { return .message(channel: channel, payload: bytes) }
        }
      }
      return nil
    }
  }
}
