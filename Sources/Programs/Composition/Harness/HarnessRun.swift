internal import AsyncHTTPClient
internal import Kernel
package import Logging
package import Platform
internal import Postgres
internal import Redis

/// `cordon verify two-brand`: the harness against the stack that a configuration names.
package struct HarnessRun: Sendable {
  private static let operatorID = "ops:e2e"
  private let configuration: EffectiveConfiguration
  private let logger: Logger

  package init(configuration: EffectiveConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
  }

  /// - Parameters:
  ///   - databaseURL: as `cordon_app`, so that the harness reads behind the same walls as a service.
  package func verify(
    databaseURL: String, redisURL: String, observe: @escaping @Sendable (HarnessOutcome) -> Void
  ) async throws -> HarnessReport {
    try await with(databaseURL: databaseURL, redisURL: redisURL) { stack, run in
      try await TwoBrandHarness(stack: stack, run: "e2e:" + run, observe: observe).verify()
    }
  }

  /// Runs something against the stack. Its second argument makes the names of this run its own.
  func with<Value: Sendable>(
    databaseURL: String, redisURL: String, _ body: @Sendable (HarnessStack, String) async throws -> Value
  ) async throws -> Value {
    let identity = try HarnessIdentity(configuration)
    let database = Database(try DatabaseConfiguration(url: databaseURL, poolSizeMax: 2), logger: logger)
    let redis = RedisClient(try RedisConfiguration(url: redisURL), logger: logger)
    let now = WallClock.system.now()
    let account = SeedOperator(
      id: configuration.text(Settings.harnessOperator) ?? Self.operatorID,
      password: configuration.text(Settings.harnessOperatorPassword) ?? RandomPassword.make())
    var calls = HTTPClient.Configuration()
    // A role that isn't there is told at once, instead of being tried until the call's time is over.
    calls.connectionPool.retryConnectionEstablishment = false
    let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: calls)
    let stack = HarnessStack(
      client: StackClient(http: http),
      roles: Dictionary(uniqueKeysWithValues: RoleFactory.available.map { ($0, configuration.text(Settings.url(of: $0)) ?? "") }),
      identity: identity, account: account, database: database, redis: redis)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await redis.run() }
      group.addTask { await database.run() }
      defer { group.cancelAll() }
      let outcome = await Self.result {
        try await body(stack, String(now.microseconds / 1000, radix: 36))
      }
      try await http.shutdown()
      await redis.close()
      await database.close()
      return try outcome.get()
    }
  }

  /// Kept until everything is closed, whichever it is.
  private static func result<Value>(_ body: () async throws -> Value) async -> Result<Value, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
  }
}
