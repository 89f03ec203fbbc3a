internal import Audit
internal import Kernel
internal import Platform
internal import Postgres

/// The SQL of the seed. Every statement leaves alone what it finds; what it makes or changes on the audited tables is audited.
struct SeedStore: Sendable {
  let database: Database
  let operatorID: String

  // MARK: The platform's tables

  /// Makes the brand unless its code is in the catalogue. Returns whether it was made.
  func ensureBrand(_ seed: SeedBrand) async throws -> (brand: BrandID, isNew: Bool) {
    try await database.withPlatform { transaction in
      let made = try await transaction.query(
        """
        INSERT INTO cordon.brand (brand_code, name, default_currency)
        SELECT \(seed.code), \(seed.name), \(seed.currency)
        WHERE NOT EXISTS (SELECT FROM cordon.brand WHERE brand_code = \(seed.code))
        ON CONFLICT (brand_code) DO NOTHING
        RETURNING brand_id
        """)
      let found = try await transaction.query("SELECT brand_id FROM cordon.brand WHERE brand_code = \(seed.code)")
      guard let brand: BrandID = try found.first?.get("brand_id") else { throw SeedError.brandMissing(seed.code) }
      if !made.isEmpty {
        let value: JSONValue = [
          "brand_id": .number(brand.description), "brand_code": .string(seed.code), "name": .string(seed.name),
          "default_currency": .string(seed.currency), "status": "enabled",
        ]
        try await AdminAudit.append(
          AuditEntry(.brandCreate, .brand, brand.description, by: operatorID, new: value), brand: brand, in: transaction)
      }
      return (brand, !made.isEmpty)
    }
  }

  /// Makes the seed agent with its number. Returns whether it was made.
  func ensureAgent() async throws -> Bool {
    do {
      return try await database.withPlatform { transaction in
        let made = try await transaction.query(
          """
          INSERT INTO cordon.agent (name) SELECT 'Seed agent'
          WHERE NOT EXISTS (SELECT FROM cordon.agent WHERE agent_id = \(SeedBrand.agent))
          RETURNING agent_id
          """)
        guard let given: Int64 = try made.first?.get("agent_id") else { return false }
        guard given == SeedBrand.agent else { throw NumberWasGiven() }
        try await auditAgent(transaction)
        return true
      }
    } catch is NumberWasGiven {
      // The table's own numbering is past this number, so that the number can be named without a later agent being given it again.
      return try await database.withPlatform { transaction in
        let made = try await transaction.execute(
          "INSERT INTO cordon.agent (agent_id, name) VALUES (\(SeedBrand.agent), 'Seed agent') ON CONFLICT (agent_id) DO NOTHING")
        if made > 0 { try await auditAgent(transaction) }
        return made > 0
      }
    }
  }

  /// The numbering gave the new agent another number than the seed's.
  private struct NumberWasGiven: Error {}

  private func auditAgent(_ transaction: PlatformTransaction) async throws {
    try await AdminAudit.append(
      AuditEntry(.agentCreate, .agent, String(SeedBrand.agent), by: operatorID, new: ["name": "Seed agent"]), brand: nil, in: transaction)
  }

  // MARK: One brand's tables

  func ensureAgentIsAdmitted(_ transaction: BrandTransaction) async throws -> Bool {
    let (brand, agent) = (transaction.brand, SeedBrand.agent)
    let made = try await transaction.execute(
      "INSERT INTO cordon.agent_brand (brand_id, agent_id) VALUES (\(brand), \(agent)) ON CONFLICT (brand_id, agent_id) DO NOTHING")
    if made > 0 {
      try await AdminAudit.append(
        AuditEntry(.agentBrandEnable, .agentBrand, "\(agent)", by: operatorID, new: ["status": "enabled"]), in: transaction)
    }
    return made > 0
  }

  func ensureAgentSetting(_ transaction: BrandTransaction) async throws -> Bool {
    try await transaction.execute(
      """
      INSERT INTO cordon.agent_setting (brand_id, agent_id) VALUES (\(transaction.brand), \(SeedBrand.agent))
      ON CONFLICT (brand_id, agent_id) DO NOTHING
      """) > 0
  }

  func ensureAgentDomain(_ host: String, _ transaction: BrandTransaction) async throws -> Bool {
    try await transaction.execute(
      """
      INSERT INTO cordon.agent_domain (brand_id, agent_id, host) VALUES (\(transaction.brand), \(SeedBrand.agent), \(host))
      ON CONFLICT (brand_id, agent_id, host) DO NOTHING
      """) > 0
  }

  func ensureBinding(_ host: SeedBrand.Host, _ transaction: BrandTransaction) async throws -> Bool {
    let agent: Int64? = host.target.kind == .agent ? host.target.number : nil
    let level: Int64? = host.target.kind == .level ? host.target.number : nil
    let made = try await transaction.execute(
      """
      INSERT INTO cordon.domain_binding (host, kind, brand_id, agent_id, level_id)
      VALUES (\(host.name), \(host.target.kind.rawValue), \(transaction.brand), \(agent), \(level))
      ON CONFLICT (host) DO NOTHING
      """)
    if made > 0, let binding = DomainBinding(host: host.name, brand: transaction.brand, target: host.target) {
      try await AdminAudit.append(
        AuditEntry(
          .domainBind, .domainBinding, host.name, by: operatorID, new: try JSONDocument.parse(Array(binding.redisValue.utf8))),
        in: transaction)
    }
    return made > 0
  }

  /// Sets the key to the value, whatever it was.
  func ensureConfiguration(_ key: String, _ value: JSONValue, _ transaction: BrandTransaction) async throws -> SeedReport.Outcome {
    let text = JSONText(JSONWriter.text(of: value))
    let found = try await transaction.query(
      "SELECT value, value = \(text) AS is_wanted FROM cordon.brand_config WHERE brand_id = \(transaction.brand) AND key = \(key) FOR UPDATE"
    )
    let old: JSONText? = try found.first?.get("value")
    if try found.first?.get("is_wanted") == true { return .kept }
    try await transaction.execute(
      """
      INSERT INTO cordon.brand_config (brand_id, key, value, updated_by) VALUES (\(transaction.brand), \(key), \(text), \(operatorID))
      ON CONFLICT (brand_id, key) DO UPDATE SET value = excluded.value, updated_by = excluded.updated_by, updated_at = now()
      """)
    let oldValue = try old.map { try JSONDocument.parse(Array($0.text.utf8)) }
    try await AdminAudit.append(
      AuditEntry(.brandConfigSet, .brandConfig, key, by: operatorID, old: oldValue, new: value), in: transaction)
    return old == nil ? .created : .changed
  }

  /// Activates a first version unless the brand has an active one.
  ///
  /// - Parameter table: `wallet_topology` or `wallet_policy`, from code.
  func ensureDocument(_ table: StaticString, _ document: JSONText, _ transaction: BrandTransaction) async throws -> Bool {
    let (table, brand) = ("wallet." + SQL.quotedIdentifier("\(table)"), transaction.brand)
    let made = try await transaction.query(
      """
      INSERT INTO \(unsafe: table) (brand_id, version, document, created_by)
      SELECT \(brand), coalesce((SELECT max(version) FROM \(unsafe: table) WHERE brand_id = \(brand)), 0) + 1, \(document), \(operatorID)
      WHERE NOT EXISTS (SELECT FROM \(unsafe: table) WHERE brand_id = \(brand) AND status = 'active')
      RETURNING version
      """)
    guard let version: Int64 = try made.first?.get("version") else { return false }
    try await transaction.execute(
      """
      UPDATE \(unsafe: table) SET status = 'active', activated_by = \(operatorID), activated_at = now()
      WHERE brand_id = \(brand) AND version = \(version)
      """)
    return true
  }
}
