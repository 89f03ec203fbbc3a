import Synchronization

/// Where a command on a connection of its own leaves its reply, together with the connection.
final class BlockingOutcome: Sendable {
  private let outcome = Mutex<Result<(RedisValue, RedisLink), RedisError>?>(nil)

  var result: Result<(RedisValue, RedisLink), RedisError>? { outcome.withLock { $0 } }

  func set(_ result: Result<(RedisValue, RedisLink), RedisError>) { outcome.withLock { $0 = result } }
}
