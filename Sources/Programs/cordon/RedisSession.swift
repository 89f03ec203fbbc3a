internal import Logging
internal import Platform
internal import Redis

/// A Redis client for the length of one command.
enum RedisSession {
  static func with<Value: Sendable>(
    _ options: ConfigurationOptions, _ body: (RedisClient) async throws -> Value
  ) async throws -> Value {
    let url = try ConfigurationOptions.require(Settings.redisURL, in: options.load())
    let redis = RedisClient(try RedisConfiguration(url: url), logger: Logger(label: "cordon"))
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await redis.run() }
      let value = try await body(redis)
      await redis.close()
      return value
    }
  }
}
