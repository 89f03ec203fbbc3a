package import Kernel
package import Postgres
internal import Audit
internal import Platform

/// Reads and sets what operators say about providers: whether a brand's players may play there.
package struct ProviderSwitchStore: Sendable {
  let database: Database

  package init(database: Database) { self.database = database }

  /// Every provider as it stands for the brand, whether somebody said anything or not.
  package func all(of brand: BrandID) async throws -> [ProviderSwitchRecord] {
    let rows = try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT provider, enabled, maintenance, reason, updated_by, updated_at FROM cordon.game_provider_switch WHERE brand_id = \(brand)
        """)
    }
    var said: [String: ProviderSwitchRecord] = [:]
    for row in rows {
      let record = try ProviderSwitchRecord(row: row)
      said[record.provider] = record
    }
    return Providers.names.map { said[$0] ?? ProviderSwitchRecord(provider: $0) }
  }

  /// Sets both switches of a provider for a brand, with the audit row of it in the same transaction. It counts from the next bet on.
  ///
  /// - Throws: `Problem` with `not_found` for a provider that there isn't.
  package func set(
    _ provider: String, enabled: Bool, maintenance: Bool, of brand: BrandID, by operatorID: String, reason: String,
    requestID: String? = nil,
    clock: WallClock = .system
  ) async throws -> ProviderSwitchRecord {
    guard Providers.names.contains(provider) else { throw Problem(.notFound, detail: "there is no game provider of that name") }
    return try await database.withBrand(brand) { transaction in
      let before = try await transaction.query(
        """
        SELECT provider, enabled, maintenance, reason, updated_by, updated_at FROM cordon.game_provider_switch
        WHERE brand_id = \(brand) AND provider = \(provider) FOR UPDATE
        """
      ).first.map { row throws(PostgresError) in try ProviderSwitchRecord(row: row) }
      let rows = try await transaction.query(
        """
        INSERT INTO cordon.game_provider_switch (brand_id, provider, enabled, maintenance, reason, updated_by, updated_at)
        VALUES (\(brand), \(provider), \(enabled), \(maintenance), \(reason), \(operatorID), \(clock.now()))
        ON CONFLICT (brand_id, provider) DO UPDATE SET enabled = excluded.enabled, maintenance = excluded.maintenance,
          reason = excluded.reason, updated_by = excluded.updated_by, updated_at = excluded.updated_at
        RETURNING provider, enabled, maintenance, reason, updated_by, updated_at
        """)
      guard let row = rows.first else { throw Problem(.internalError) }
      let after = try ProviderSwitchRecord(row: row)
      try await AdminAudit.append(
        AuditEntry(
          .gameProviderSwitch, .gameProviderSwitch, provider, by: operatorID, old: before?.auditValue, new: after.auditValue,
          reason: reason,
          requestID: requestID), in: transaction)
      return after
    }
  }
}
