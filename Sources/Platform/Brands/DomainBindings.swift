package import Postgres
package import Redis
internal import Kernel

/// The host bindings: PostgreSQL holds the durable copy (`cordon.domain_binding`), Redis the one that the gateway asks.
///
/// A change commits in PostgreSQL first and is then published to Redis. What if we stop between the two: Redis still says the old
/// thing, and ``rebuild(dryRun:)`` or the next change of the host repairs it.
package struct DomainBindings: Sendable {
  private let database: Database
  private let redis: RedisClient

  package init(database: Database, redis: RedisClient) {
    self.database = database
    self.redis = redis
  }

  /// The durable binding of the host.
  package func find(_ host: String) async throws -> DomainBinding? {
    try await database.withPlatform { transaction in try await read(host, transaction) }
  }

  /// Every durable binding, by host.
  package func all() async throws -> [DomainBinding] {
    let rows = try await database.withPlatform { transaction in
      try await transaction.query("SELECT host, kind, brand_id, agent_id, level_id FROM cordon.domain_binding ORDER BY host")
    }
    return try rows.map { try DomainBinding(row: $0) }
  }

  /// What Redis says of the host at this moment, per kind.
  package func live(_ host: String) async throws -> [DomainBindingRules.Found] {
    var found: [DomainBindingRules.Found] = []
    for kind in DomainBinding.Kind.allCases {
      guard let value = try await redis.get(kind.redisKey(host)) else { continue }
      found.append(.init(host: host, kind: kind, value: value))
    }
    return found
  }

  /// Makes Redis say of the host what PostgreSQL says at this moment, and nothing if it says nothing.
  ///
  /// One host's publications follow one another under a lock, and each reads what is committed by then; so the last one to write
  /// Redis has seen the last change, in whatever order changes and publications of several processes come.
  package func publish(_ host: String) async throws {
    try await database.withPlatform { transaction in
      _ = try await transaction.query("SELECT pg_advisory_xact_lock(hashtextextended('cordon.domain_binding:' || \(host), 0))")
      let binding = try await read(host, transaction)
      for kind in DomainBinding.Kind.allCases {
        if let binding, binding.target.kind == kind {
          try await redis.set(binding.redisKey, RedisArgument(binding.redisValue))
        } else {
          try await redis.delete(kind.redisKey(host))
        }
      }
    }
  }

  /// Where Redis differs from PostgreSQL.
  package func differences() async throws -> [DomainBindingDifference] {
    DomainBindingRules.differences(durable: try await all(), redis: try await scan())
  }

  /// Makes Redis say exactly what PostgreSQL says (`cordon brand bindings rebuild`). Safe to repeat and to run beside changes.
  ///
  /// - Parameter dryRun: only says what it would do.
  package func rebuild(dryRun: Bool = false) async throws -> DomainBindingRebuild {
    let durable = try await all()
    let hosts = Set(durable.map(\.host))
    let differences = DomainBindingRules.differences(durable: durable, redis: try await scan())
    let left = differences.filter { $0.fault == .unreadable && !hosts.contains($0.host) }
    let repaired = differences.filter { !left.contains($0) }
    if !dryRun {
      for host in Set(repaired.map(\.host)).sorted() { try await publish(host) }
    }
    return DomainBindingRebuild(repaired: repaired, left: left, durableCount: durable.count)
  }

  /// Every key of a binding that Redis holds.
  package func scan() async throws -> [DomainBindingRules.Found] {
    var found: [DomainBindingRules.Found] = []
    for kind in DomainBinding.Kind.allCases {
      for key in try await keys(of: kind).sorted() {
        guard let value = try await redis.get(key) else { continue }
        found.append(.init(host: String(key.dropFirst(kind.redisPrefix.count)), kind: kind, value: value))
      }
    }
    return found
  }

  private func keys(of kind: DomainBinding.Kind) async throws -> Set<String> {
    var keys: Set<String> = []
    var cursor: String? = "0"
    while let current = cursor {
      let page = try await redis.scan(match: kind.redisPrefix + "*", cursor: current)
      keys.formUnion(page.keys)
      cursor = page.next
    }
    return keys
  }

  private func read(_ host: String, _ transaction: PlatformTransaction) async throws -> DomainBinding? {
    let rows = try await transaction.query(
      "SELECT host, kind, brand_id, agent_id, level_id FROM cordon.domain_binding WHERE host = \(host)")
    return try rows.first.map { try DomainBinding(row: $0) }
  }
}
