import Logging
import Redis

let quietLogger = Logger(label: "redis-tests") { _ in SwiftLogNoOpLogHandler() }

/// Runs a client on the server for the time of `body`.
func withClient<Result: Sendable>(
  _ configuration: RedisConfiguration, _ body: (RedisClient) async throws -> Result
) async throws -> Result {
  let client = RedisClient(configuration, logger: quietLogger)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { await client.run() }
    do {
      let result = try await body(client)
      await client.close()
      return result
    } catch {
      await client.close()
      throw error
    }
  }
}

/// Starts a server and waits until it answers.
func withRedis<Result: Sendable>(
  _ options: [String] = [], configure: (inout RedisConfiguration) -> Void = { _ in },
  _ body: (PrivateRedis, RedisClient) async throws -> Result
) async throws -> Result {
  let server = try PrivateRedis(options)
  var configuration = server.configuration
  configure(&configuration)
  return try await withClient(configuration) { client in
    try await eventually { (try? await client.ping()) != nil }
    return try await body(server, client)
  }
}

/// Asks again and again until the answer is yes; throws when it isn't within the deadline.
func eventually(within limit: Duration = .seconds(10), _ condition: () async throws -> Bool) async throws {
  let deadline = ContinuousClock.now + limit
  while try await !condition() {
    guard ContinuousClock.now < deadline else { throw NeverHappened() }
    try await Task.sleep(for: .milliseconds(5))
  }
}

struct NeverHappened: Error {}

/// The kind of Redis error that the operation ends with; nil when it succeeds, or fails in another way.
func failureKind(_ operation: () async throws -> some Any) async -> RedisError.Kind? {
  do {
    _ = try await operation()
    return nil
  } catch {
    return (error as? RedisError)?.kind
  }
}
