internal import Audit
internal import Kernel
internal import Platform
package import Postgres
package import Redis

/// Finds what came loose about brands, and puts back what has one right value (S0-RB-12). Looking changes nothing; repairing is audited, each row
/// in the transaction of its repair, and may be repeated.
package struct BrandDoctor: Sendable {
  private let database: Database
  private let redis: RedisClient
  private let bindings: DomainBindings

  package init(database: Database, redis: RedisClient) {
    self.database = database
    self.redis = redis
    self.bindings = DomainBindings(database: database, redis: redis)
  }

  package func ailments() async throws -> [BrandAilment] {
    let findings = try await BackfillVerification(database: database, redis: redis).findings()
    var ailments = findings.compactMap { finding -> BrandAilment? in
      switch finding {
      case .agentInNoBrand(let agent): .agentInNoBrand(agent)
      case .binding(let difference): .binding(difference)
      case .defaultBrandMissing, .defaultBrandDisabled, .brandMayBeNull, .rowSecurityNotForced: nil
      }
    }
    let durable = try await bindings.all()
    for brand in try await BrandCatalog(database: database).all() {
      ailments += try await database.withBrand(brand.id) { try await Self.ailments(of: brand, durable, $0) }
    }
    return ailments
  }

  /// Admits agents of no brand in the default one, makes Redis say what PostgreSQL says, and writes the missing rows of configuration.
  /// Hosts of agents that a brand doesn't admit stay as they are: whether the agent or the host is wrong is for a person to say.
  package func repair(_ ailments: [BrandAilment], by act: OperatorAct) async throws {
    let agents = ailments.compactMap { if case .agentInNoBrand(let agent) = $0 { BackfillFinding.agentInNoBrand(agent) } else { nil } }
    let backfill = SingleBrandBackfill(database: database, redis: redis, operatorID: act.operatorID, reason: act.reason)
    if !agents.isEmpty { _ = try await backfill.run(after: agents) }
    if ailments.contains(where: { if case .binding = $0 { true } else { false } }) { try await rebuildBindings(act) }
    for brand in try await BrandCatalog(database: database).all() {
      for case .configurationMissing(brand.code, let key) in ailments { try await seed(key, brand, act) }
    }
  }

  private static func ailments(
    of brand: Brand, _ durable: [DomainBinding], _ transaction: BrandTransaction
  ) async throws -> [BrandAilment] {
    let rows = try await transaction.query(
      "SELECT agent_id FROM cordon.agent_brand WHERE brand_id = \(transaction.brand) AND status = 'enabled'")
    let admitted = Set(try rows.map { try $0.get("agent_id", as: Int64.self) })
    let orphans = durable.compactMap { binding -> BrandAilment? in
      guard binding.brand == brand.id, case .agent(let agent) = binding.target, !admitted.contains(agent) else { return nil }
      return .orphanedBinding(host: binding.host, brand: brand.code, agent: agent)
    }
    let settings = try await BrandSettings.all(in: transaction)
    return orphans + settings.filter { $0.source == .builtIn }.map { .configurationMissing(brand: brand.code, key: $0.key) }
  }

  /// Audited before it is done: Redis has no transaction with the audit. What if we stop between the two: another run repeats it.
  private func rebuildBindings(_ act: OperatorAct) async throws {
    let planned = try await bindings.rebuild(dryRun: true).repaired.map { JSONValue.string($0.host) }
    let entry = AuditEntry(
      .domainBindingsRebuild, .domainBinding, "all", by: act.operatorID, new: ["repaired": .array(planned)], reason: act.reason)
    try await database.withPlatform { transaction in try await AdminAudit.append(entry, brand: nil, in: transaction) }
    _ = try await bindings.rebuild()
  }

  private func seed(_ key: String, _ brand: Brand, _ act: OperatorAct) async throws {
    guard let value = BrandSettings.builtIn[key] else { return }
    try await database.withBrand(brand.id) { transaction in
      let made = try await transaction.execute(
        """
        INSERT INTO cordon.brand_config (brand_id, key, value, updated_by)
        VALUES (\(transaction.brand), \(key), \(JSONText(JSONWriter.text(of: value))), \(act.operatorID))
        ON CONFLICT (brand_id, key) DO NOTHING
        """)
      guard made > 0 else { return }
      try await AdminAudit.append(
        AuditEntry(.brandConfigSet, .brandConfig, key, by: act.operatorID, new: value, reason: act.reason), in: transaction)
    }
  }
}
