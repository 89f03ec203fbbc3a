internal import Audit
internal import Kernel
internal import Platform
internal import Postgres

/// The SQL of `brand_config`. Every write is one transaction with an audit row that has the value before (S0-CFG-06).
struct ConfigurationStore: Sendable {
  let database: Database

  func all(_ brand: BrandID) async throws -> [BrandSetting] {
    try await database.withBrand(brand) { transaction in try await BrandSettings.all(in: transaction) }
  }

  func resolve(_ key: String, _ brand: BrandID) async throws -> BrandSetting? {
    try await BrandSettings.resolve(key, brand: brand, in: database)
  }

  /// - Returns: whether a key of the platform was moved to the brands by this.
  /// - Throws: `super_admin_required` for a key that the platform configures, unless a super-admin asks.
  func set(_ key: String, to value: JSONValue, reason: String?, brand: BrandID, act: AdminAct) async throws -> Bool {
    try await database.withBrand(brand) { transaction in
      try await lock(key, transaction)
      let moved = try await takeOver(key, act, transaction)
      let old = try await own(key, transaction)
      try await write(key, value, act.operatorIdentity.id, transaction)
      try await AdminAudit.append(act.entry(.brandConfigSet, .brandConfig, key, old: old, new: value, reason: reason), in: transaction)
      return moved
    }
  }

  /// Removes the brand's own value, so that the default counts again. False when the brand has none.
  func remove(_ key: String, brand: BrandID, act: AdminAct) async throws -> Bool {
    try await database.withBrand(brand) { transaction in
      try await lock(key, transaction)
      guard let old = try await own(key, transaction) else { return false }
      try await erase(key, transaction)
      try await AdminAudit.append(act.entry(.brandConfigDelete, .brandConfig, key, old: old), in: transaction)
      return true
    }
  }

  /// Brings back what an audited write replaced, with an audit row of its own (C-15). Returns the key.
  ///
  /// - Throws: `not_found` unless the row is this brand's and about its configuration.
  func revert(_ audit: Int64, reason: String, brand: BrandID, by operatorID: String, requestID: String? = nil) async throws -> String {
    try await database.withBrand(brand) { transaction in
      guard let record = try await AdminAudit.record(audit, in: transaction), record.resource == AuditResource.brandConfig.rawValue else {
        throw Problem(.notFound, detail: "The brand has no audit row of that number about its configuration")
      }
      let key = record.resourceKey
      try await lock(key, transaction)
      let current = try await own(key, transaction)
      let restored = try record.oldValue.map { try JSONDocument.parse(Array($0.text.utf8)) }
      if let restored { try await write(key, restored, operatorID, transaction) } else { try await erase(key, transaction) }
      let entry = AuditEntry(
        .brandConfigRevert, .brandConfig, key, by: operatorID, old: current, new: restored, reason: "audit \(audit): \(reason)",
        requestID: requestID)
      try await AdminAudit.append(entry, in: transaction)
      return key
    }
  }

  /// Writers of one key follow one another, also when the row doesn't exist yet: else two first writes would both record that there
  /// was nothing before.
  private func lock(_ key: String, _ transaction: BrandTransaction) async throws {
    let name = "cordon.brand_config:\(transaction.brand):\(key)"
    _ = try await transaction.query("SELECT pg_advisory_xact_lock(hashtextextended(\(name), 0))")
  }

  private func own(_ key: String, _ transaction: BrandTransaction) async throws -> JSONValue? {
    let rows = try await transaction.query(
      "SELECT value FROM cordon.brand_config WHERE brand_id = \(transaction.brand) AND key = \(key)")
    guard let text: JSONText = try rows.first?.get("value") else { return nil }
    return try JSONDocument.parse(Array(text.text.utf8))
  }

  private func write(_ key: String, _ value: JSONValue, _ operatorID: String, _ transaction: BrandTransaction) async throws {
    try await transaction.execute(
      """
      INSERT INTO cordon.brand_config (brand_id, key, value, updated_by)
      VALUES (\(transaction.brand), \(key), \(JSONText(JSONWriter.text(of: value))), \(operatorID))
      ON CONFLICT (brand_id, key) DO UPDATE SET value = excluded.value, updated_by = excluded.updated_by, updated_at = now()
      """)
  }

  private func erase(_ key: String, _ transaction: BrandTransaction) async throws {
    try await transaction.execute("DELETE FROM cordon.brand_config WHERE brand_id = \(transaction.brand) AND key = \(key)")
  }

  /// A key may be the platform's or the brands', never both (S0-CFG-07). When it becomes the brands', the platform's value goes on as the
  /// default of all, so that the other brands notice nothing (S0-CFG-05).
  private func takeOver(_ key: String, _ act: AdminAct, _ transaction: BrandTransaction) async throws -> Bool {
    let found = try await transaction.query("SELECT value FROM cordon.global_var WHERE key = \(key) FOR UPDATE")
    guard let value: JSONText = try found.first?.get("value") else { return false }
    guard act.operatorIdentity.isSuperAdmin else { throw Problem(.superAdminRequired, detail: "The platform configures this key") }
    try await transaction.pipeline([
      "DELETE FROM cordon.global_var WHERE key = \(key)",
      """
      INSERT INTO cordon.brand_config_default (version, key, value, description)
      SELECT coalesce(max(version), 0) + 1, \(key), \(value), 'Configured for the platform until brands took it over.'
      FROM cordon.brand_config_default WHERE key = \(key)
      """,
    ])
    try await AdminAudit.append(
      act.entry(.globalVarMove, .globalVar, key, old: try JSONDocument.parse(Array(value.text.utf8))), in: transaction)
    return true
  }
}
