internal import Audit
internal import Contracts
internal import Kernel
internal import Platform
package import Postgres
package import Redis
package import Security

/// What an operator does when somebody else has a key that tokens are verified with (S0-JWT-10).
package struct KeyOperations: Sendable {
  private static let pollPause: Duration = .milliseconds(200)

  private let database: Database
  private let redis: RedisClient
  private let verifiers: [ServiceInstance]
  private let probe: ServiceProbe

  /// - Parameter instances: every instance of the deployment; those that verify no tokens aren't asked.
  package init(database: Database, redis: RedisClient, instances: [ServiceInstance], probe: ServiceProbe = ServiceProbe()) {
    self.database = database
    self.redis = redis
    self.verifiers = instances.filter { Settings.jwtPublicKeys.applies(to: $0.role) }
    self.probe = probe
  }

  /// Whether somebody has begun to take this key out before, so that a configuration without it means an interrupted attempt and no slip of the pen.
  package func wasBegun(_ key: KeyID) async throws -> Bool {
    try await database.withPlatform { transaction in
      let filter = AuditFilter(
        resource: AuditResource.jwtKey.rawValue, resourceKey: key.rawValue, action: AuditAction.jwtKeyEmergency.rawValue)
      return try await !AdminAudit.page(filter, before: nil, limit: 1, in: transaction).isEmpty
    }
  }

  /// Written before anything is done, once for each attempt.
  package func record(_ key: KeyID, among keys: [KeyID], by act: OperatorAct) async throws {
    let (old, new) = (Self.json(keys), Self.json(keys.filter { $0 != key }))
    try await database.withPlatform { transaction in
      try await AdminAudit.append(
        AuditEntry(.jwtKeyEmergency, .jwtKey, key.rawValue, by: act.operatorID, old: old, new: new, reason: act.reason), brand: nil,
        in: transaction)
    }
  }

  /// Ends every session of every brand, or with `isDryRun` counts them.
  package func endSessions(by act: OperatorAct, isDryRun: Bool) async throws -> [SessionCount] {
    try await SessionOperations(database: database, redis: redis).invalidate(brand: nil, player: nil, by: act, isDryRun: isDryRun)
  }

  /// Tells verifiers to read their keys anew until none accepts this one. Repeated, because whoever deploys the keys may need a moment.
  ///
  /// - Returns: those that still accept it when the time is over, or don't answer.
  package func remaining(_ key: KeyID, within limit: Duration) async throws -> [ServiceInstance] {
    let end = ContinuousClock.now + limit
    while true {
      _ = try await redis.publish(RedisKeys.jwtPublicKeysChanged, RedisArgument(key.rawValue))
      try await Task.sleep(for: Self.pollPause)
      let remaining = await accepting(key)
      guard !remaining.isEmpty, ContinuousClock.now < end else { return remaining }
    }
  }

  /// The verifiers that accept the key, or don't answer.
  package func accepting(_ key: KeyID) async -> [ServiceInstance] {
    var accepting: [ServiceInstance] = []
    for instance in verifiers where await probe.acceptedKeys(of: instance)?.contains(key.rawValue) ?? true { accepting.append(instance) }
    return accepting
  }

  private static func json(_ keys: [KeyID]) -> JSONValue { ["accepted_kids": .array(keys.sorted().map { .string($0.rawValue) })] }
}
