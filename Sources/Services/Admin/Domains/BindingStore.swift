internal import Audit
internal import Kernel
internal import Platform
internal import Postgres

/// The SQL of host bindings. The catalogue of hosts has one table for all brands, since it is what decides the brand.
struct BindingStore: Sendable {
  let database: Database

  private static let columns: SQL = "host, kind, brand_id, agent_id, level_id"

  /// The brand's hosts, by name.
  func list(_ brand: BrandID) async throws -> [DomainBinding] {
    let rows = try await database.withPlatform { transaction in
      try await transaction.query("SELECT \(Self.columns) FROM cordon.domain_binding WHERE brand_id = \(brand) ORDER BY host")
    }
    return try rows.map { try DomainBinding(row: $0) }
  }

  /// Binds the host, or binds it anew if it is this brand's already.
  ///
  /// - Throws: `domain_taken` when it is another brand's, `agent_not_admitted` when the brand doesn't have the agent.
  func bind(_ binding: DomainBinding, reason: String?, act: AdminAct) async throws {
    try await database.withBrand(binding.brand) { transaction in
      if case .agent(let agent) = binding.target { try await requireAdmitted(agent, transaction) }
      let old = try await find(binding.host, transaction)
      if let old, old.brand != binding.brand { throw Problem(.domainTaken) }
      try await write(binding, transaction)
      if let old { try await forgetAgentDomain(old, transaction) }
      if case .agent(let agent) = binding.target {
        try await transaction.execute(
          "INSERT INTO cordon.agent_domain (brand_id, agent_id, host) VALUES (\(binding.brand), \(agent), \(binding.host))")
      }
      let entry = act.entry(
        .domainBind, .domainBinding, binding.host, old: old.map { BindingEntry($0).json }, new: BindingEntry(binding).json, reason: reason)
      try await AdminAudit.append(entry, in: transaction)
    }
  }

  /// Removes the brand's binding of the host. False when the brand has none.
  func unbind(_ host: String, brand: BrandID, act: AdminAct) async throws -> Bool {
    try await database.withBrand(brand) { transaction in
      guard let old = try await find(host, transaction), old.brand == brand else { return false }
      try await transaction.execute("DELETE FROM cordon.domain_binding WHERE host = \(host) AND brand_id = \(brand)")
      try await forgetAgentDomain(old, transaction)
      try await AdminAudit.append(act.entry(.domainUnbind, .domainBinding, host, old: BindingEntry(old).json), in: transaction)
      return true
    }
  }

  func recordRebuild(_ rebuild: DomainBindingRebuild, act: AdminAct) async throws {
    try await database.withPlatform { transaction in
      _ = try await AdminAudit.append(
        act.entry(.domainBindingsRebuild, .domainBinding, "all", new: RebuildBody(rebuild: rebuild).json), brand: nil, in: transaction)
    }
  }

  private func find(_ host: String, _ transaction: BrandTransaction) async throws -> DomainBinding? {
    let rows = try await transaction.query("SELECT \(Self.columns) FROM cordon.domain_binding WHERE host = \(host) FOR UPDATE")
    return try rows.first.map { try DomainBinding(row: $0) }
  }

  private func write(_ binding: DomainBinding, _ transaction: BrandTransaction) async throws {
    let agent: Int64? = binding.target.kind == .agent ? binding.target.number : nil
    let level: Int64? = binding.target.kind == .level ? binding.target.number : nil
    let written = try await transaction.execute(
      """
      INSERT INTO cordon.domain_binding (host, kind, brand_id, agent_id, level_id)
      VALUES (\(binding.host), \(binding.target.kind.rawValue), \(binding.brand), \(agent), \(level))
      ON CONFLICT (host) DO UPDATE
      SET kind = excluded.kind, agent_id = excluded.agent_id, level_id = excluded.level_id, updated_at = now()
      WHERE domain_binding.brand_id = excluded.brand_id
      """)
    // Another brand took the host between our look and our write.
    guard written == 1 else { throw Problem(.domainTaken) }
  }

  private func requireAdmitted(_ agent: Int64, _ transaction: BrandTransaction) async throws {
    let rows = try await transaction.query(
      """
      SELECT 1 FROM cordon.agent_brand WHERE brand_id = \(transaction.brand) AND agent_id = \(agent) AND status = 'enabled' FOR SHARE
      """)
    guard !rows.isEmpty else { throw Problem(.agentNotAdmitted) }
  }

  private func forgetAgentDomain(_ old: DomainBinding, _ transaction: BrandTransaction) async throws {
    guard case .agent(let agent) = old.target else { return }
    try await transaction.execute(
      "DELETE FROM cordon.agent_domain WHERE brand_id = \(transaction.brand) AND agent_id = \(agent) AND host = \(old.host)")
  }
}
