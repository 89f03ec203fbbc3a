internal import Kernel
internal import Platform
internal import Postgres

/// The SQL of callbacks and sessions. Every statement names the brand besides standing behind row-level security.
struct GameStore: GameBook {
  /// A callback is decided anew when a twin of it was faster; a third time means that something else is wrong.
  private static let attemptsMax = 3

  let database: Database
  let catalog: BrandCatalog
  let clock: WallClock

  // MARK: Decisions

  func decide(_ question: CallbackQuestion, _ deadline: CallbackDeadline) async throws -> CallbackStep {
    for _ in 0..<Self.attemptsMax {
      let step = try await database.withBrand(question.player.brand.id, deadline: deadline.remaining) { transaction in
        try await attempt(question, transaction)
      }
      if let step { return step }
    }
    throw Problem(.unavailable, detail: "the same callback came too often at once")
  }

  /// - Returns: nil when a twin was faster; then nothing was written.
  private func attempt(_ question: CallbackQuestion, _ transaction: BrandTransaction) async throws -> CallbackStep? {
    let step = CallbackRules.decide(question.money, try await facts(question, transaction), question.terms)
    guard case .keep(let decision, let round) = step else { return step }
    let inserted = try await transaction.finishing(
      [Self.durability(of: decision), insertion(of: decision, question, round)].compactMap { $0 })
    return inserted.last?.isEmpty == false ? step : nil
  }

  /// What is forwarded is followed by the wallet's own commit to the same log, so whatever that makes durable makes this durable first. If
  /// nothing did, nothing happened, and the callback is decided anew when it comes again.
  private static func durability(of decision: KeptDecision) -> SQL? {
    guard case .forwarded = decision.verdict else { return nil }
    return "SELECT set_config('synchronous_commit', 'off', true)"
  }

  private func facts(_ question: CallbackQuestion, _ transaction: BrandTransaction) async throws -> CallbackFacts {
    let round = question.terms.rounds == .strict ? question.money.round : nil
    // One of several callbacks about a round that nobody has heard of must come first, and there is no row to lock yet.
    let statements: [SQL] =
      round.map { [Self.lock($0, question), Self.selection($0, question), selection(question)] } ?? [selection(question)]
    let answers = try await transaction.pipeline(statements)
    guard let row = answers.last?.first else { throw Problem(.internalError) }
    var facts = CallbackFacts(
      fingerprint: question.fingerprint, player: question.player.player, brandCurrency: question.player.brand.currency,
      isBrandEnabled: question.player.brand.status == .enabled)
    facts.earlier = try Self.earlier(row)
    facts.switches = ProviderSwitches(
      enabled: try row.getOptional("enabled") ?? true, maintenance: try row.getOptional("maintenance") ?? false)
    facts.session = try standing(row)
    if answers.count == 3 { facts.round = try answers[1].first.map { row throws(PostgresError) in try Self.round(row) } }
    return facts
  }

  private static func lock(_ round: String, _ question: CallbackQuestion) -> SQL {
    "SELECT pg_advisory_xact_lock(hashtextextended(\("\(question.terms.name) \(round)")::text, \(question.player.brand.id)))"
  }

  private static func selection(_ round: String, _ question: CallbackQuestion) -> SQL {
    """
    SELECT player_id, state, bet_transaction_id, win_transaction_id FROM cordon.game_round
    WHERE brand_id = \(question.player.brand.id) AND provider = \(question.terms.name) AND round_id = \(round)
    """
  }

  private func selection(_ question: CallbackQuestion) -> SQL {
    let brand = question.player.brand.id
    let digest = question.money.token.flatMap { SessionToken($0) }?.digest
    return """
      SELECT callback.fingerprint, callback.decision, callback.word, callback.reference, callback.balance,
        session.expires_at, provider_switch.enabled, provider_switch.maintenance
      FROM (VALUES (1)) AS one
      LEFT JOIN cordon.game_callback AS callback ON callback.brand_id = \(brand) AND callback.provider = \(question.terms.name)
        AND callback.transaction_id = \(question.money.transaction)
      LEFT JOIN cordon.game_session AS session ON session.brand_id = \(brand) AND session.token_digest = \(digest)
        AND session.provider = \(question.terms.name) AND session.player_id = \(question.player.player) AND session.ended_at IS NULL
      LEFT JOIN cordon.game_provider_switch AS provider_switch ON provider_switch.brand_id = \(brand)
        AND provider_switch.provider = \(question.terms.name)
      """
  }

  private static func earlier(_ row: Row) throws -> CallbackFacts.Earlier? {
    guard let fingerprint: [UInt8] = try row.getOptional("fingerprint") else { return nil }
    return CallbackFacts.Earlier(
      fingerprint: fingerprint,
      decision: KeptDecision(try verdict(row), balance: try row.getOptional("balance")))
  }

  private static func verdict(_ row: Row) throws -> KeptDecision.Verdict {
    let decision: String = try row.get("decision")
    switch decision {
    case "forwarded": return .forwarded(reference: try row.getOptional("reference"))
    case "acknowledged": return .acknowledged
    default:
      guard let word = CallbackWord(rawValue: try row.get("word")) else { throw Problem(.internalError) }
      return .refused(word)
    }
  }

  private func standing(_ row: Row) throws -> SessionStanding {
    let expiresAt: Timestamp? = try row.getOptional("expires_at")
    return expiresAt.map { clock.now() < $0 } == true ? .live : .ended
  }

  private static func round(_ row: Row) throws(PostgresError) -> GameRound {
    let state: String = try row.get("state")
    return GameRound(
      player: try row.get("player_id"), isOpen: state == "open", bet: try row.getOptional("bet_transaction_id"),
      win: try row.getOptional("win_transaction_id"))
  }

  /// The decision and, where there is one, the round, in one statement: without the one there isn't the other.
  private func insertion(of decision: KeptDecision, _ question: CallbackQuestion, _ round: GameRound?) -> SQL {
    let (brand, money) = (question.player.brand.id, question.money)
    let columns = Columns(decision, money)
    let kept: SQL = """
      INSERT INTO cordon.game_callback (brand_id, provider, transaction_id, operation, fingerprint, player_id, decision, word, reference,
        round_id, amount, currency, request_id, created_at)
      VALUES (\(brand), \(question.terms.name), \(money.transaction), \(money.operation.rawValue), \(question.fingerprint),
        \(question.player.player), \(columns.decision), \(columns.word), \(columns.reference), \(money.round),
        \(money.currency == nil ? nil : money.amount), \(money.currency?.code), \(question.requestID), \(clock.now()))
      ON CONFLICT DO NOTHING RETURNING 1
      """
    guard let round, let name = money.round else { return kept }
    let now = clock.now()
    return """
      WITH kept AS (\(kept))
      INSERT INTO cordon.game_round
        (brand_id, provider, round_id, player_id, state, bet_transaction_id, win_transaction_id, created_at, closed_at)
      SELECT \(brand), \(question.terms.name), \(name), \(round.player), \(round.isOpen ? "open" : "closed"), \(round.bet)::text,
        \(round.win)::text, \(now), \(round.isOpen ? nil : now) FROM kept
      ON CONFLICT (brand_id, provider, round_id) DO UPDATE SET state = excluded.state, bet_transaction_id = excluded.bet_transaction_id,
        win_transaction_id = excluded.win_transaction_id,
        closed_at = CASE WHEN excluded.state = 'open' THEN NULL ELSE coalesce(game_round.closed_at, excluded.closed_at) END
      RETURNING 1
      """
  }

  /// A decision as the table has it.
  private struct Columns {
    var decision = "acknowledged"
    var word: String?
    var reference: String?

    init(_ kept: KeptDecision, _ money: MoneyCallback) {
      switch kept.verdict {
      case .forwarded(let bet): (decision, reference) = ("forwarded", bet)
      case .acknowledged: break
      case .refused(let refusal): (decision, word, reference) = ("refused", refusal.rawValue, money.reference)
      }
    }
  }

  func keep(balance: Int64, of question: CallbackQuestion, _ deadline: CallbackDeadline) async throws -> Int64 {
    try await database.withBrand(question.player.brand.id, deadline: deadline.remaining) { transaction in
      let rows = try await transaction.query(
        """
        UPDATE cordon.game_callback SET balance = coalesce(balance, \(balance))
        WHERE brand_id = \(question.player.brand.id) AND provider = \(question.terms.name)
          AND transaction_id = \(question.money.transaction)
        RETURNING balance
        """)
      guard let row = rows.first else { throw Problem(.unavailable) }
      return try row.get("balance")
    }
  }

  // MARK: Sessions

  func session(_ token: SessionToken, provider: String, _ deadline: CallbackDeadline) async throws -> GameSession? {
    guard let brand = try await catalog.brand(token.brand, deadline: deadline.remaining) else { return nil }
    let rows = try await database.withBrand(brand.id, deadline: deadline.remaining) { transaction in
      try await transaction.query(
        """
        SELECT session.player_id, player.account, session.game, session.expires_at
        FROM cordon.game_session AS session
        JOIN cordon.player AS player ON player.brand_id = session.brand_id AND player.player_id = session.player_id
        WHERE session.brand_id = \(brand.id) AND session.token_digest = \(token.digest) AND session.provider = \(provider)
          AND session.ended_at IS NULL AND session.expires_at > \(clock.now())
        """)
    }
    return try rows.first.map { row throws(PostgresError) in
      GameSession(
        player: ResolvedAccount(brand: brand, player: try row.get("player_id"), account: try row.get("account")), provider: provider,
        game: try row.get("game"), expiresAt: try row.get("expires_at"))
    }
  }

  func exchange(_ session: GameSession, for token: SessionToken, seconds: Int64, _ deadline: CallbackDeadline) async throws {
    let now = clock.now()
    try await database.withBrand(session.player.brand.id, deadline: deadline.remaining) { transaction in
      try await open(token, session.player, session.provider, session.game, kind: "provider", now, seconds: seconds, transaction)
    }
  }

  func open(
    _ token: SessionToken, _ player: ResolvedAccount, _ provider: String, _ game: String, kind: String, _ now: Timestamp, seconds: Int64,
    _ transaction: BrandTransaction
  ) async throws {
    try await transaction.execute(
      """
      INSERT INTO cordon.game_session (brand_id, token_digest, provider, player_id, kind, game, expires_at, created_at)
      VALUES (\(player.brand.id), \(token.digest), \(provider), \(player.player), \(kind), \(game), \(now.advanced(bySeconds: seconds)),
        \(now))
      """)
  }
}
