internal import Kernel
internal import Platform
internal import Postgres

/// Looks up whom an outbound account is. The brand always comes from the text, by an exact match in the catalogue; a player is then looked
/// for in that brand alone (S0-GAME-03, S0-GAME-04).
struct AccountDirectory: AccountResolving {
  let database: Database
  let catalog: BrandCatalog
  /// Whom accounts were found to be. A player keeps account and brand for ever, so what was found stays true; what wasn't may come.
  let found = AccountMemory()

  func resolve(_ text: String, provider: String?, _ deadline: CallbackDeadline) async throws -> AccountResolution {
    switch OutboundAccount(text) {
    case .namespaced(let code, let account):
      guard let brand = try await catalog.all(deadline: deadline.remaining).first(where: { $0.code == code }) else {
        return .nothing(.namespaced)
      }
      return try await find(brand, text, .namespaced, where: "account_key = \(account.lowercased())", deadline)
    case .alias(let id, let alias):
      guard let brand = try await catalog.brand(id, deadline: deadline.remaining) else { return .nothing(.alias) }
      return try await find(
        brand, "\(provider ?? "*") \(text)", .alias,
        where: """
          player_id = (SELECT player_id FROM cordon.game_account_alias
            WHERE brand_id = \(id) AND alias = \(alias) AND (\(provider)::text IS NULL OR provider = \(provider)::text))
          """, deadline)
    case .rawGUID(let guid): return try await findAnywhere(.rawGUID, where: "guid = \(guid)", deadline)
    case .rawAccount(let account): return try await findAnywhere(.rawAccount, where: "account_key = \(account.lowercased())", deadline)
    case .unreadable: return .nothing(nil)
    }
  }

  private func find(
    _ brand: Brand, _ text: String, _ form: AccountResolution.Form, where condition: SQL, _ deadline: CallbackDeadline
  ) async throws -> AccountResolution {
    if let known = found.player(text, of: brand.id) {
      return .player(ResolvedAccount(brand: brand, player: known.player, account: known.account), form)
    }
    guard let player = try await player(of: brand, where: condition, deadline) else { return .brandOnly(brand, form) }
    found.keep(player, as: text)
    return .player(player, form)
  }

  /// Forms without a brand mean somebody only where a single brand has such a player.
  private func findAnywhere(_ form: AccountResolution.Form, where condition: SQL, _ deadline: CallbackDeadline) async throws
    -> AccountResolution
  {
    var found: [ResolvedAccount] = []
    for brand in try await catalog.all(deadline: deadline.remaining) {
      if let player = try await player(of: brand, where: condition, deadline) { found.append(player) }
    }
    guard let only = found.first, found.count == 1 else { return .nothing(form) }
    return .player(only, form)
  }

  private func player(of brand: Brand, where condition: SQL, _ deadline: CallbackDeadline) async throws -> ResolvedAccount? {
    let rows = try await database.withBrand(brand.id, deadline: deadline.remaining) { transaction in
      try await transaction.query("SELECT player_id, account FROM cordon.player WHERE brand_id = \(brand.id) AND \(condition)")
    }
    return try rows.first.map { row throws(PostgresError) in
      ResolvedAccount(brand: brand, player: try row.get("player_id"), account: try row.get("account"))
    }
  }

  // MARK: The other direction

  func outboundAccount(of player: ResolvedAccount, at terms: ProviderTerms, _ deadline: CallbackDeadline) async throws -> String {
    if let account = OutboundRules.account(of: player.account, brand: player.brand.code, at: terms) { return account }
    return try await database.withBrand(player.brand.id, deadline: deadline.remaining) { transaction in
      try await alias(of: player, at: terms, transaction)
    }
  }

  /// The name that the player has at the provider, given now if there is none. Two askers at once get the same one.
  private func alias(of player: ResolvedAccount, at terms: ProviderTerms, _ transaction: BrandTransaction) async throws -> String {
    var random = SystemRandomNumberGenerator()
    let bytes = (0..<AccountAlias.randomCharacters).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    // In a statement of its own, the reading sees what a faster asker has committed.
    let answers = try await transaction.pipeline([
      """
      INSERT INTO cordon.game_account_alias (brand_id, provider, player_id, alias)
      VALUES (\(player.brand.id), \(terms.name), \(player.player), \(AccountAlias.make(player.brand.id, random: bytes)))
      ON CONFLICT (brand_id, provider, player_id) DO NOTHING
      """,
      """
      SELECT alias FROM cordon.game_account_alias
      WHERE brand_id = \(player.brand.id) AND provider = \(terms.name) AND player_id = \(player.player)
      """,
    ])
    guard let row = answers.last?.first else { throw Problem(.unavailable) }
    return try row.get("alias")
  }
}
