internal import Audit
internal import Kernel
internal import Postgres

/// The SQL around an operator's wallet command: the row that says it is about to be given, and the one that says what became of it.
struct OrderStore: Sendable {
  let database: Database

  /// Records the intent if the player is the brand's; else records nothing.
  func recordIntent(_ entry: AuditEntry, player: PlayerID, brand: BrandID) async throws -> PlayerStanding {
    try await database.withBrand(brand) { transaction in
      let found = try await transaction.query(
        "SELECT 1 FROM cordon.player WHERE brand_id = \(brand) AND player_id = \(player)")
      if found.isEmpty {
        let elsewhere = try await transaction.query("SELECT cordon.row_brand('player', \(player.description)) AS brand_id")
        return try elsewhere.first?.getOptional("brand_id", as: BrandID.self) == nil ? .absent : .foreign
      }
      try await AdminAudit.append(entry, in: transaction)
      return .own
    }
  }

  func recordOutcome(_ entry: AuditEntry, brand: BrandID) async throws {
    try await database.withBrand(brand) { transaction in
      _ = try await AdminAudit.append(entry, in: transaction)
    }
  }
}
