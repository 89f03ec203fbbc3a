internal import Audit
internal import Kernel
internal import Platform
internal import Postgres

/// The SQL of the brand catalogue. Each change and its audit row are one transaction (S0-AUD-14).
struct BrandStore: Sendable {
  let database: Database

  private static let columns: SQL = "brand_id, brand_code, name, status, default_currency, created_at, updated_at"

  /// All brands, by number.
  func list() async throws -> [BrandEntry] {
    let rows = try await database.withPlatform { transaction in
      try await transaction.query("SELECT \(Self.columns) FROM cordon.brand ORDER BY brand_id")
    }
    return try rows.map { try BrandEntry(row: $0) }
  }

  func find(_ id: BrandID) async throws -> BrandEntry? {
    let rows = try await database.withPlatform { transaction in
      try await transaction.query("SELECT \(Self.columns) FROM cordon.brand WHERE brand_id = \(id)")
    }
    return try rows.first.map { try BrandEntry(row: $0) }
  }

  /// - Throws: `brand_code_taken`.
  func create(code: BrandCode, name: String, currency: Currency, act: AdminAct) async throws -> BrandEntry {
    do {
      return try await database.withPlatform { transaction in
        let rows = try await transaction.query(
          """
          INSERT INTO cordon.brand (brand_code, name, default_currency) VALUES (\(code), \(name), \(currency.code))
          RETURNING \(Self.columns)
          """)
        let entry = try Self.single(rows)
        try await append(act.entry(.brandCreate, .brand, entry.brand.id.description, new: entry.json), entry, transaction)
        return entry
      }
    } catch let error as PostgresError where error.sqlState == .uniqueViolation {
      throw Problem(.brandCodeTaken)
    }
  }

  /// Nil when there is no such brand.
  func rename(_ id: BrandID, to name: String, reason: String?, act: AdminAct) async throws -> BrandEntry? {
    try await change(id, "name = \(name)", .brandUpdate, reason: reason, act: act)
  }

  /// Nil when there is no such brand.
  func setStatus(_ id: BrandID, to status: Brand.Status, reason: String, act: AdminAct) async throws -> BrandEntry? {
    try await change(id, "status = \(status.rawValue)", status == .enabled ? .brandEnable : .brandDisable, reason: reason, act: act)
  }

  /// Records that the catalogue was announced by hand.
  func recordPublication(act: AdminAct) async throws {
    try await database.withPlatform { transaction in
      _ = try await AdminAudit.append(act.entry(.brandCatalogPublish, .brand, "catalogue"), brand: nil, in: transaction)
    }
  }

  private func change(_ id: BrandID, _ assignment: SQL, _ action: AuditAction, reason: String?, act: AdminAct) async throws -> BrandEntry? {
    try await database.withPlatform { transaction in
      let found = try await transaction.query("SELECT \(Self.columns) FROM cordon.brand WHERE brand_id = \(id) FOR UPDATE")
      guard let old = try found.first.map({ try BrandEntry(row: $0) }) else { return nil }
      let changed = try Self.single(
        try await transaction.query(
          "UPDATE cordon.brand SET \(assignment), updated_at = now() WHERE brand_id = \(id) RETURNING \(Self.columns)"))
      try await append(act.entry(action, .brand, id.description, old: old.json, new: changed.json, reason: reason), changed, transaction)
      return changed
    }
  }

  private func append(_ entry: AuditEntry, _ brand: BrandEntry, _ transaction: PlatformTransaction) async throws {
    try await AdminAudit.append(entry, brand: brand.brand.id, in: transaction)
  }

  private static func single(_ rows: Rows) throws -> BrandEntry {
    guard let row = rows.first else { throw PostgresError(.server, "no row came back", operation: "write a brand") }
    return try BrandEntry(row: row)
  }
}
