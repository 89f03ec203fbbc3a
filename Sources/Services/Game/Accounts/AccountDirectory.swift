internal import Kernel
internal import Platform
internal import Postgres

/// Looks up whom an outbound account is. The brand always comes from the text, by an exact match in the catalogue; a player is then looked
/// for in that brand alone (S0-GAME-03, S0-GAME-04).
struct AccountDirectory: Sendable {
  let database: Database
  let catalog: BrandCatalog

  /// - Parameter provider: whose account it is; nil where nobody says, and then an alias is one of any provider.
  func resolve(_ text: String, provider: String?) async throws -> AccountResolution {
    switch OutboundAccount(text) {
    case .namespaced(let code, let account):
      guard let brand = try await catalog.all().first(where: { $0.code == code }) else { return .nothing(.namespaced) }
      return try await find(brand, .namespaced, where: "account_key = \(account.lowercased())")
    case .alias(let id, let alias):
      guard let brand = try await catalog.brand(id) else { return .nothing(.alias) }
      return try await find(
        brand, .alias,
        where: """
          player_id = (SELECT player_id FROM cordon.game_account_alias
            WHERE brand_id = \(id) AND alias = \(alias) AND (\(provider)::text IS NULL OR provider = \(provider)::text))
          """)
    case .rawGUID(let guid): return try await findAnywhere(.rawGUID, where: "guid = \(guid)")
    case .rawAccount(let account): return try await findAnywhere(.rawAccount, where: "account_key = \(account.lowercased())")
    case .unreadable: return .nothing(nil)
    }
  }

  private func find(_ brand: Brand, _ form: AccountResolution.Form, where condition: SQL) async throws -> AccountResolution {
    guard let found = try await player(of: brand, where: condition) else { return .brandOnly(brand, form) }
    return .player(found, form)
  }

  /// Forms without a brand mean somebody only where a single brand has such a player.
  private func findAnywhere(_ form: AccountResolution.Form, where condition: SQL) async throws -> AccountResolution {
    var found: [ResolvedAccount] = []
    for brand in try await catalog.all() {
      if let player = try await player(of: brand, where: condition) { found.append(player) }
    }
    guard let only = found.first, found.count == 1 else { return .nothing(form) }
    return .player(only, form)
  }

  private func player(of brand: Brand, where condition: SQL) async throws -> ResolvedAccount? {
    let rows = try await database.withBrand(brand.id) { transaction in
      try await transaction.query("SELECT player_id, account FROM cordon.player WHERE brand_id = \(brand.id) AND \(condition)")
    }
    return try rows.first.map { row throws(PostgresError) in
      ResolvedAccount(brand: brand, player: try row.get("player_id"), account: try row.get("account"))
    }
  }
}
