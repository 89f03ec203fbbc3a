internal import Kernel
internal import Platform
internal import Postgres

/// The callback pipeline as dead letters need it: what a callback would do, and doing it.
struct DeadLetterForesight: CallbackReplaying {
  let pipeline: CallbackPipeline
  let database: Database
  let catalog: BrandCatalog

  func foresee(_ letter: DeadLetter, context: CallContext) async throws -> ReplayEffect {
    guard let profile = Providers.profile(letter.provider), let route = profile.route(letter.operation),
      let callback = try? profile.read(route.operation, letter.body)
    else { return .unreadable }
    var effects: [ReplayEffect] = []
    // A batch is as good as the worst of what is in it.
    for part in callback.operation == .batch ? callback.items : [callback] { effects.append(try await effect(of: part, profile.name)) }
    return ReplayEffect.worst(of: effects)
  }

  func replay(_ letter: DeadLetter, context: CallContext) async -> CallbackResult {
    await pipeline.handle(
      provider: letter.provider, operation: letter.operation, headers: letter.replayHeaders, body: letter.body, trust: .replay,
      context: context)
  }

  private func effect(of callback: Callback, _ provider: String) async throws -> ReplayEffect {
    guard let account = callback.account,
      let player = player(of: try await pipeline.accounts.resolve(account, provider: provider, CallbackDeadline()))
    else {
      return .unresolved
    }
    guard let money = callback.money else { return .applies }
    for brand in try await catalog.all() where brand.id != player.brand.id {
      if try await known(money, provider, brand.id) != nil { return .otherBrand }
    }
    guard let known = try await known(money, provider, player.brand.id) else { return .applies }
    return known == CallbackFingerprint.of(money, player: player.player) ? .duplicate : .conflict
  }

  private func player(of resolution: AccountResolution) -> ResolvedAccount? {
    switch resolution {
    case .player(let player, .namespaced), .player(let player, .alias): player
    // Without a brand in it, an account is believed where enforcement doesn't reject that.
    case .player(let player, .rawAccount), .player(let player, .rawGUID): pipeline.enforcement.rejects ? nil : player
    case .brandOnly, .nothing: nil
    }
  }

  /// What is remembered under the provider's id in this brand. Each brand is asked in a transaction of its own.
  private func known(_ money: MoneyCallback, _ provider: String, _ brand: BrandID) async throws -> [UInt8]? {
    try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT fingerprint FROM cordon.game_callback
        WHERE brand_id = \(brand) AND provider = \(provider) AND transaction_id = \(money.transaction)
        """
      ).first?.get("fingerprint")
    }
  }
}
