internal import Kernel
internal import Platform
package import Postgres
package import Redis

/// Whether everything carries its brand (`multi_brand_backfill verify`, S0-MIG-13, S0-MIG-17). Reads only, so that it may run as often as
/// anyone likes; an empty list is the passing verdict.
package struct BackfillVerification: Sendable {
  /// Bank messages arrive before anybody knows their brand.
  private static let exemption = "cordon.shooter_sms"

  private let database: Database
  private let bindings: DomainBindings

  /// - Parameter database: any role. One that sees all brands (`cordon_audit`) can also count the rows without a brand.
  package init(database: Database, redis: RedisClient) {
    self.database = database
    self.bindings = DomainBindings(database: database, redis: redis)
  }

  package func findings() async throws -> [BackfillFinding] {
    var findings = try await catalogue()
    findings += try await tables()
    findings += try await agents()
    findings += try await bindings.differences().map { .binding($0) }
    return findings
  }

  private func catalogue() async throws -> [BackfillFinding] {
    let rows = try await database.withPlatform { transaction in
      try await transaction.query("SELECT status FROM cordon.brand WHERE brand_code = 'default'")
    }
    guard let row = rows.first else { return [.defaultBrandMissing] }
    let status: String = try row.get("status")
    return status == Brand.Status.enabled.rawValue ? [] : [.defaultBrandDisabled]
  }

  private func tables() async throws -> [BackfillFinding] {
    let rows = try await database.withPlatform { transaction in
      try await transaction.query(
        "SELECT schema_name, table_name, brand_id_nullable, row_security_forced FROM cordon.v_brand_scoped_table")
    }
    var findings: [BackfillFinding] = []
    for row in rows {
      let (schema, name): (String, String) = (try row.get("schema_name"), try row.get("table_name"))
      let table = "\(schema).\(name)"
      if try !row.get("row_security_forced", as: Bool.self) { findings.append(.rowSecurityNotForced(table: table)) }
      // NOT NULL is the server's own proof that there is no such row; only where it is absent is there anything to count.
      guard try row.get("brand_id_nullable", as: Bool.self), table != Self.exemption else { continue }
      findings.append(.brandMayBeNull(table: table, nullRows: await nullRows(schema, name)))
    }
    return findings
  }

  /// Nil when the role doesn't see rows of all brands, and so none without one.
  private func nullRows(_ schema: String, _ name: String) async -> Int64? {
    let table = SQL.quotedIdentifier(schema) + "." + SQL.quotedIdentifier(name)
    return try? await database.withPlatform { transaction in
      // brand-global: migration: counts the rows that have no brand at all
      let rows = try await transaction.query("SELECT count(*) AS count FROM \(unsafe: table) WHERE brand_id IS NULL")
      return try rows.first?.get("count", as: Int64.self)
    }
  }

  private func agents() async throws -> [BackfillFinding] {
    let (brands, agents) = try await database.withPlatform { transaction in
      let brands = try await transaction.query("SELECT brand_id FROM cordon.brand ORDER BY brand_id")
      let agents = try await transaction.query("SELECT agent_id FROM cordon.agent ORDER BY agent_id")
      return (
        try brands.map { try $0.get("brand_id", as: BrandID.self) }, try agents.map { try $0.get("agent_id", as: Int64.self) }
      )
    }
    var admitted: Set<Int64> = []
    for brand in brands {
      let rows = try await database.withBrand(brand) { transaction in
        try await transaction.query("SELECT agent_id FROM cordon.agent_brand WHERE brand_id = \(brand)")
      }
      for row in rows { admitted.insert(try row.get("agent_id")) }
    }
    return agents.filter { !admitted.contains($0) }.map { .agentInNoBrand($0) }
  }
}
