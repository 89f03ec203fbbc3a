internal import Kernel
internal import Logging
internal import Platform
internal import Postgres

/// Opens games: a session's token, and the address at which the provider takes it.
struct GameLaunches: Sendable {
  let database: Database
  let catalog: BrandCatalog
  let accounts: AccountDirectory
  let store: GameStore
  let addresses: LaunchAddresses
  let metrics: GameMetrics
  let enforcement: EnforcementMode
  let clock: WallClock
  let sessionSeconds: Int64
  /// Where attempts across brands are kept for ever.
  let violations: (any ViolationRecorder)?

  /// - Throws: `Problem`; what keeps a game from opening is counted.
  func launch(_ ask: LaunchAsk, _ request: EndpointRequest) async throws -> LaunchAnswer {
    do {
      let answer = try await opened(ask, request)
      metrics.launches.increment([ask.terms.name, "opened"])
      return answer
    } catch let problem as Problem {
      metrics.launches.increment([ask.terms.name, problem.reason.rawValue])
      throw problem
    }
  }

  private func opened(_ ask: LaunchAsk, _ request: EndpointRequest) async throws -> LaunchAnswer {
    guard let brand = try await catalog.brand(ask.brand) else { throw Problem(.unresolvedBrand) }
    guard brand.status == .enabled else { throw Problem(.brandDisabled) }
    guard let address = addresses.address(of: ask.terms.name) else {
      throw Problem(.gameProviderDisabled, detail: "no launch address is configured")
    }
    let player = try await player(ask, brand, request)
    let account = try await accounts.outboundAccount(of: player, at: ask.terms, CallbackDeadline())
    let (token, now) = (SessionToken(of: brand.id), clock.now())
    try await database.withBrand(brand.id) { transaction in
      try await store.open(token, player, ask.terms.name, ask.game, kind: "launch", now, seconds: sessionSeconds, transaction)
    }
    return LaunchAnswer(
      provider: ask.terms.name, game: ask.game, account: account, token: token.text,
      expiresAt: now.advanced(bySeconds: sessionSeconds),
      url: LaunchAddresses.url(address, account: account, token: token.text, game: ask.game, currency: brand.currency))
  }

  private func player(_ ask: LaunchAsk, _ brand: Brand, _ request: EndpointRequest) async throws -> ResolvedAccount {
    let row = try await database.withBrand(brand.id) { transaction in
      try await transaction.query(
        """
        SELECT player.account, player.status, provider_switch.enabled, provider_switch.maintenance
        FROM cordon.player AS player
        LEFT JOIN cordon.game_provider_switch AS provider_switch
          ON provider_switch.brand_id = player.brand_id AND provider_switch.provider = \(ask.terms.name)
        WHERE player.brand_id = \(brand.id) AND player.player_id = \(ask.player)
        """
      ).first
    }
    guard let row else { throw try await absence(ask, brand, request) }
    let (enabled, maintenance): (Bool?, Bool?) = (try row.getOptional("enabled"), try row.getOptional("maintenance"))
    guard enabled ?? true else { throw Problem(.gameProviderDisabled) }
    guard maintenance != true else { throw Problem(.gameProviderMaintenance, retryAfterSeconds: 60) }
    let status: String = try row.get("status")
    guard status == "active" else { throw Problem(.playerSuspended) }
    return ResolvedAccount(brand: brand, player: ask.player, account: try row.get("account"))
  }

  /// Another brand's player is counted, and in `enforce` refused as such; otherwise there simply is no such player here (S0-GAME-14).
  private func absence(_ ask: LaunchAsk, _ brand: Brand, _ request: EndpointRequest) async throws -> Problem {
    let other: Int64? = try await database.withBrand(brand.id) { transaction in
      try await transaction.query("SELECT cordon.row_brand('player', \(ask.player.description)) AS other").first?.getOptional("other")
    }
    guard let other else { return Problem(.playerNotFound) }
    metrics.crossBrandRejected.increment(["launch", enforcement.rawValue])
    violations?.record(
      BrandViolation(
        .gameCrossBrand, user: ask.player.description, authenticated: brand.id, attempted: BrandID(other), requestID: request.requestID,
        at: clock.now()))
    request.logger.warning(
      "game command addresses another brand's player",
      metadata: [
        "event": "game_cross_brand_rejected", "command": "launch", "brand_id": "\(brand.id)", "target_row_brand": "\(other)",
        "mode": "\(enforcement.rawValue)",
      ])
    return Problem(enforcement.rejects ? .crossBrandRejected : .playerNotFound)
  }
}
