internal import Logging
internal import Platform
internal import Postgres

/// A database for the length of one command.
enum DatabaseSession {
  /// For commands that read, migrate, or are about freezes themselves: no freeze stops them.
  static func with<Value>(
    _ options: ConfigurationOptions, gate: (any WriteGate)? = nil, _ body: (Database) async throws -> Value
  ) async throws -> Value {
    let url = try ConfigurationOptions.require(Settings.databaseURL, in: options.load())
    let database = Database(try DatabaseConfiguration(url: url, poolSizeMax: 2), logger: Logger(label: "cordon"), gate: gate)
    do {
      let value = try await body(database)
      await database.close()
      return value
    } catch {
      await database.close()
      throw error
    }
  }

  /// For commands that write as the roles do: frozen tables are refused (S0-FRZ-04). Where no Redis is configured there is nobody to ask.
  static func writing<Value: Sendable>(
    _ options: ConfigurationOptions, _ body: (Database) async throws -> Value
  ) async throws -> Value {
    guard try options.load().text(Settings.redisURL) != nil else { return try await with(options, body) }
    return try await RedisSession.with(options) { redis in
      let freeze = TableFreeze(lookups: FreezeLookups(redis: redis), registry: MetricsRegistry(), logger: Logger(label: "cordon"))
      return try await with(options, gate: freeze, body)
    }
  }
}
