internal import Audit
internal import Kernel
internal import Platform
internal import Postgres

/// The SQL of agents and their admission to brands (`agent_brand`), each change with its audit row (S0-AUD-13, S0-AUD-15).
struct AgentStore: Sendable {
  let database: Database

  private static let selection: SQL =
    "SELECT a.agent_id, a.name, b.status, b.updated_at FROM cordon.agent_brand AS b JOIN cordon.agent AS a USING (agent_id)"

  /// The brand's agents after the one numbered `after`, by number. An agent of other brands only isn't among them (S0-ADM-16).
  ///
  /// - Parameter admission: nil for both kinds.
  func list(_ brand: BrandID, _ admission: AgentEntry.Admission?, after: Int64, limit: Int) async throws -> [AgentEntry] {
    let filter: SQL = if let admission { "AND b.status = \(admission.rawValue)" } else { "" }
    let rows = try await database.withBrand(brand) { transaction in
      try await transaction.query(
        "\(Self.selection) WHERE b.brand_id = \(brand) AND b.agent_id > \(after) \(filter) ORDER BY b.agent_id LIMIT \(Int64(limit))")
    }
    return try rows.map { try AgentEntry(row: $0) }
  }

  func find(_ agent: Int64, _ brand: BrandID) async throws -> AgentEntry? {
    try await database.withBrand(brand) { transaction in try await find(agent, transaction) }
  }

  /// Adds an agent, admitted in the brand and with settings of its own there; no trigger does that (S0-AGT-04).
  func create(name: String, reason: String?, brand: BrandID, act: AdminAct) async throws -> AgentEntry {
    try await database.withBrand(brand) { transaction in
      let made = try await transaction.query("INSERT INTO cordon.agent (name) VALUES (\(name)) RETURNING agent_id")
      guard let agent: Int64 = try made.first?.get("agent_id") else { throw Self.nothingCameBack }
      try await transaction.pipeline([
        "INSERT INTO cordon.agent_brand (brand_id, agent_id) VALUES (\(brand), \(agent))",
        "INSERT INTO cordon.agent_setting (brand_id, agent_id) VALUES (\(brand), \(agent))",
      ])
      guard let entry = try await find(agent, transaction) else { throw Self.nothingCameBack }
      try await AdminAudit.append(act.entry(.agentCreate, .agent, String(agent), new: entry.json, reason: reason), in: transaction)
      return entry
    }
  }

  /// Admits a new agent in another brand too, with settings of its own there.
  func join(_ agent: Int64, reason: String?, brand: BrandID, act: AdminAct) async throws {
    try await database.withBrand(brand) { transaction in
      try await transaction.pipeline([
        "INSERT INTO cordon.agent_brand (brand_id, agent_id) VALUES (\(brand), \(agent))",
        "INSERT INTO cordon.agent_setting (brand_id, agent_id) VALUES (\(brand), \(agent))",
      ])
      guard let entry = try await find(agent, transaction) else { throw Self.nothingCameBack }
      try await AdminAudit.append(
        act.entry(.agentBrandEnable, .agentBrand, String(agent), new: entry.json, reason: reason), in: transaction)
    }
  }

  /// Admits or refuses an agent in the brand. Nil when there is no such agent on the platform.
  func setAdmission(
    _ agent: Int64, to admission: AgentEntry.Admission, reason: String?, brand: BrandID, act: AdminAct
  ) async throws -> AgentEntry? {
    try await database.withBrand(brand) { transaction in
      guard !(try await transaction.query("SELECT 1 FROM cordon.agent WHERE agent_id = \(agent) FOR SHARE")).isEmpty else { return nil }
      let old = try await find(agent, transaction, lock: true)
      try await transaction.execute(
        """
        INSERT INTO cordon.agent_brand (brand_id, agent_id, status) VALUES (\(brand), \(agent), \(admission.rawValue))
        ON CONFLICT (brand_id, agent_id) DO UPDATE SET status = excluded.status, updated_at = now()
        """)
      guard let entry = try await find(agent, transaction) else { throw Self.nothingCameBack }
      let action: AuditAction = admission == .enabled ? .agentBrandEnable : .agentBrandDisable
      try await AdminAudit.append(
        act.entry(action, .agentBrand, String(agent), old: old?.json, new: entry.json, reason: reason), in: transaction)
      return entry
    }
  }

  private func find(_ agent: Int64, _ transaction: BrandTransaction, lock: Bool = false) async throws -> AgentEntry? {
    let suffix: SQL = lock ? "FOR UPDATE OF b" : ""
    let rows = try await transaction.query(
      "\(Self.selection) WHERE b.brand_id = \(transaction.brand) AND b.agent_id = \(agent) \(suffix)")
    return try rows.first.map { try AgentEntry(row: $0) }
  }

  private static let nothingCameBack = PostgresError(.server, "no row came back", operation: "write an agent")
}
