import Logging
import Redis
import TestSupport

let quietLogger = Logger(label: "redis-tests") { _ in SwiftLogNoOpLogHandler() }

/// With deadlines that a loaded machine keeps; tests of deadlines set their own.
func patientConfiguration(_ url: String) throws -> RedisConfiguration {
  var configuration = try RedisConfiguration(url: url)
  configuration.commandDeadline = .seconds(30)
  configuration.connectTimeout = .seconds(10)
  return configuration
}

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

/// A client, connected to a server of its own.
func withRedis<Result: Sendable>(
  durable: Bool = false, configure: (inout RedisConfiguration) -> Void = { _ in },
  _ body: (TestRedisServer, RedisClient) async throws -> Result
) async throws -> Result {
  let server = try await TestRedisServer.start(durable: durable)
  do {
    var configuration = try patientConfiguration(server.url)
    configure(&configuration)
    let result = try await withClient(configuration) { client in
      try await client.ping()
      return try await body(server, client)
    }
    await server.stop()
    return result
  } catch {
    // A paused server can't be stopped in good order.
    server.resume()
    await server.stop()
    throw error
  }
}

/// The kind of Redis error that the operation ends with; nil when it succeeds, or fails in another way.
func failureKind(_ operation: () async throws -> some Any) async -> RedisError.Kind? {
  do {
    _ = try await operation()
    return nil
  } catch {
    return (error as? RedisError)?.kind
  }
}
