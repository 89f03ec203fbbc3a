internal import Audit
internal import Kernel
internal import Platform
package import Postgres
package import Redis

/// Gives to the default brand what is left of the time when there was one brand: agents that no brand admits (S0-MIG-14), and hosts whose
/// value in Redis names none (S0-MIG-15, S0-RES-20). Safe to repeat; what already names its brand is never touched.
package struct SingleBrandBackfill: Sendable {
  private let database: Database
  private let bindings: DomainBindings
  private let operatorID: String
  private let reason: String?

  /// - Parameters:
  ///   - operatorID: stands in the audit of each row, as does `reason`.
  package init(database: Database, redis: RedisClient, operatorID: String = "cordon-backfill", reason: String? = nil) {
    self.database = database
    self.bindings = DomainBindings(database: database, redis: redis)
    self.operatorID = operatorID
    self.reason = reason
  }

  /// - Parameters:
  ///   - findings: of ``BackfillVerification``.
  ///   - dryRun: only says what it would do.
  package func run(after findings: [BackfillFinding], dryRun: Bool = false) async throws -> BackfillReport {
    let brand = try await defaultBrand()
    let agents = findings.compactMap { finding in if case .agentInNoBrand(let agent) = finding { agent } else { nil } }
    let durable = Set(try await bindings.all().map(\.host))
    let adopted = try await bindings.scan().filter { !durable.contains($0.host) }.compactMap { SingleBrandBinding.adopt($0, into: brand) }
    guard !dryRun else { return BackfillReport(agents: agents, hosts: adopted.map(\.host).sorted()) }
    for agent in agents { try await admit(agent, brand) }
    var hosts: [String] = []
    for binding in adopted {
      // A value whose agent doesn't exist stays as it is, and the verification goes on naming it.
      guard try await bind(binding) else { continue }
      // What if we stop here: PostgreSQL has the binding, and a rebuild of the bindings writes Redis.
      try await bindings.publish(binding.host)
      hosts.append(binding.host)
    }
    return BackfillReport(agents: agents, hosts: hosts.sorted())
  }

  private func defaultBrand() async throws -> BrandID {
    let rows = try await database.withPlatform { transaction in
      try await transaction.query("SELECT brand_id FROM cordon.brand WHERE brand_code = \(SeedBrand.standard.code)")
    }
    guard let row = rows.first else { throw SeedError.brandMissing(SeedBrand.standard.code) }
    return try row.get("brand_id")
  }

  private func admit(_ agent: Int64, _ brand: BrandID) async throws {
    try await database.withBrand(brand) { transaction in
      let made = try await transaction.execute(
        "INSERT INTO cordon.agent_brand (brand_id, agent_id) VALUES (\(brand), \(agent)) ON CONFLICT (brand_id, agent_id) DO NOTHING")
      guard made > 0 else { return }
      let entry = AuditEntry(.agentBrandEnable, .agentBrand, "\(agent)", by: operatorID, new: ["status": "enabled"], reason: reason)
      try await AdminAudit.append(entry, in: transaction)
    }
  }

  private func bind(_ binding: DomainBinding) async throws -> Bool {
    let agent: Int64? = binding.target.kind == .agent ? binding.target.number : nil
    let level: Int64? = binding.target.kind == .level ? binding.target.number : nil
    return try await database.withBrand(binding.brand) { transaction in
      let made = try await transaction.execute(
        """
        INSERT INTO cordon.domain_binding (host, kind, brand_id, agent_id, level_id)
        SELECT \(binding.host), \(binding.target.kind.rawValue), \(binding.brand), \(agent), \(level)
        WHERE \(agent)::bigint IS NULL OR EXISTS (SELECT FROM cordon.agent WHERE agent_id = \(agent))
        ON CONFLICT (host) DO NOTHING
        """)
      guard made > 0 else { return false }
      let entry = AuditEntry(
        .domainBind, .domainBinding, binding.host, by: operatorID, new: try JSONDocument.parse(Array(binding.redisValue.utf8)),
        reason: reason)
      try await AdminAudit.append(entry, in: transaction)
      return true
    }
  }
}
