internal import Kernel
internal import Postgres

/// The SQL of wallet commands: one round trip to read under lock, one to apply and commit.
struct WalletCommandStore: Sendable {
  /// Locks the player and reads everything that the rules need.
  ///
  /// The first statement takes the lock; those after it have newer snapshots, so they see whatever the previous holder committed.
  /// The lock is on the player's row, which exists before any balance does.
  func read(_ request: WalletRequest, _ transaction: BrandTransaction) async throws -> WalletReading {
    let brand = transaction.brand
    let player = request.player
    let answers = try await transaction.pipeline([
      "SELECT status FROM cordon.player WHERE brand_id = \(brand) AND player_id = \(player) FOR NO KEY UPDATE",
      """
      SELECT fingerprint, response_status, response_body FROM wallet.wallet_command
      WHERE brand_id = \(brand) AND request_id = \(request.key)
      """,
      """
      SELECT bucket, balance FROM wallet.wallet_balance
      WHERE brand_id = \(brand) AND player_id = \(player) AND currency = \(request.brand.currency.code)
      """,
      "SELECT document FROM wallet.wallet_topology WHERE brand_id = \(brand) AND status = 'active'",
      "SELECT document FROM wallet.wallet_policy WHERE brand_id = \(brand) AND status = 'active'",
      target(of: request, brand),
      parts(of: request, brand),
      tombstone(of: request, brand),
    ])
    let parts = try answers[6].map { row throws(PostgresError) in try BucketAmount(row: row) }
    return WalletReading(
      stored: try answers[1].first.map { row throws(PostgresError) in try WalletReading.Stored(row: row) },
      snapshot: WalletSnapshot(
        player: try standing(answers[0].first), balances: try balances(answers[2]),
        target: try answers[5].first.map { row throws(PostgresError) in try WalletTransaction(row: row, parts: parts) },
        rolledBackBefore: !answers[7].isEmpty),
      topology: try answers[3].first.map { row in try WalletTopologyDocument(row: row).topology() },
      policy: try answers[4].first.map { row in try WalletPolicy(row: row) })
  }

  /// Writes the command, its effects and its answer, and commits, in one round trip.
  func apply(
    _ decision: WalletDecision, answer: WalletAnswer, event: WalletCommandEvent, for request: WalletRequest, at moment: Timestamp,
    _ transaction: BrandTransaction
  ) async throws {
    var statements = [command(request, answer, moment, player: request.player), change(decision, request, moment, transaction.brand)]
    if !decision.postings.isEmpty { statements += postings(decision, request, moment, transaction.brand) }
    statements.append(outbox(event, moment, transaction.brand))
    try await transaction.finishing(statements)
  }

  /// Keeps a refusal as the answer of its key: a copy of the request that is still under way must not succeed after the caller was told no.
  func keepRefusal(_ answer: WalletAnswer, for request: WalletRequest, at moment: Timestamp, _ transaction: BrandTransaction) async throws {
    try await transaction.finishing([command(request, answer, moment, player: request.player)])
  }

  // MARK: Reading

  private func target(of request: WalletRequest, _ brand: BrandID) -> SQL {
    let columns: SQL = "transaction_id::text AS transaction_id, kind, state, amount, settled_amount, provider, reference, round, created_at"
    return "SELECT \(columns) FROM wallet.wallet_transaction WHERE \(condition(of: request, brand)) FOR NO KEY UPDATE"
  }

  /// What each bucket gave to the named transaction, for a reversal.
  private func parts(of request: WalletRequest, _ brand: BrandID) -> SQL {
    """
    SELECT account AS bucket, -amount AS amount FROM wallet.wallet_ledger
    WHERE brand_id = \(brand) AND player_id = \(request.player) AND amount < 0
      AND transaction_id = (SELECT transaction_id FROM wallet.wallet_transaction WHERE \(condition(of: request, brand)))
    ORDER BY entry_id
    """
  }

  private func condition(of request: WalletRequest, _ brand: BrandID) -> SQL {
    let own: SQL = "brand_id = \(brand) AND player_id = \(request.player)"
    return switch request.action.target {
    case .transaction(let id): "\(own) AND transaction_id = \(id)::text::uuid"
    case .bet(let provider, let reference): "\(own) AND kind = 'bet' AND provider = \(provider) AND reference = \(reference)"
    case nil: "\(own) AND false"
    }
  }

  private func tombstone(of request: WalletRequest, _ brand: BrandID) -> SQL {
    guard case .bet(let provider, let reference) = request.action.target else {
      return "SELECT 1 FROM wallet.wallet_tombstone WHERE brand_id = \(brand) AND false"
    }
    return "SELECT 1 FROM wallet.wallet_tombstone WHERE brand_id = \(brand) AND provider = \(provider) AND reference = \(reference)"
  }

  private func standing(_ row: Row?) throws(PostgresError) -> WalletSnapshot.PlayerStanding {
    guard let row else { return .absent }
    return try row.get("status", as: String.self) == "active" ? .active : .suspended
  }

  private func balances(_ rows: Rows) throws(PostgresError) -> [Bucket: Int64] {
    var balances: [Bucket: Int64] = [:]
    for row in rows { balances[try Bucket(row: row)] = try row.get("balance") }
    return balances
  }

  // MARK: Writing

  private func command(_ request: WalletRequest, _ answer: WalletAnswer, _ moment: Timestamp, player: PlayerID) -> SQL {
    """
    INSERT INTO wallet.wallet_command (brand_id, request_id, command, fingerprint, response_status, response_body, player_id, created_at)
    VALUES (\(request.brand.id), \(request.key), \(request.action.name.rawValue), \(WalletFingerprint.of(request)),
      \(Int32(answer.status)), \(answer.body), \(player), \(moment))
    """
  }

  private func change(_ decision: WalletDecision, _ request: WalletRequest, _ moment: Timestamp, _ brand: BrandID) -> SQL {
    switch decision.change {
    case .insert(let new):
      """
      INSERT INTO wallet.wallet_transaction (brand_id, transaction_id, kind, state, player_id, currency, amount, provider, reference,
        round, origin_host, reason, request_id, created_at, updated_at)
      VALUES (\(brand), \(new.id)::text::uuid, \(new.kind.rawValue), \(new.state.rawValue), \(request.player),
        \(request.brand.currency.code), \(new.amount), \(new.provider), \(new.reference), \(new.round), \(request.originHost),
        \(request.reason), \(request.key), \(moment), \(moment))
      """
    case .update(let changed):
      """
      UPDATE wallet.wallet_transaction SET state = \(changed.state.rawValue), settled_amount = \(changed.settledAmount),
        reason = coalesce(\(request.reason), reason), updated_at = \(moment)
      WHERE brand_id = \(brand) AND transaction_id = \(changed.id)::text::uuid
      """
    case .tombstone(let provider, let reference):
      """
      INSERT INTO wallet.wallet_tombstone (brand_id, provider, reference, request_id, created_at)
      VALUES (\(brand), \(provider), \(reference), \(request.key), \(moment))
      ON CONFLICT (brand_id, provider, reference) DO NOTHING
      """
    }
  }

  private func postings(_ decision: WalletDecision, _ request: WalletRequest, _ moment: Timestamp, _ brand: BrandID) -> [SQL] {
    let currency = request.brand.currency.code
    let systemAccounts = decision.postings.filter { $0.account.bucket == nil }.map(\.account.name)
    let touched = Set(decision.postings.compactMap(\.account.bucket)).sorted()
    var statements: [SQL] = [
      """
      INSERT INTO wallet.wallet_account (brand_id, account) SELECT DISTINCT \(brand)::bigint, unnest(\(systemAccounts)::text[])
      ON CONFLICT (brand_id, account) DO NOTHING
      """,
      // Unnest keeps the order, so entry_id follows the order of the postings. -1 stands for no balance: the brand's own accounts.
      """
      INSERT INTO wallet.wallet_ledger (brand_id, request_id, command, transaction_id, player_id, account, currency, amount,
        balance_after, created_at)
      SELECT \(brand), \(request.key), \(request.action.name.rawValue), \(decision.transaction?.id)::text::uuid,
        CASE WHEN posting.after >= 0 THEN \(request.player)::bigint END, posting.account, \(currency), posting.amount,
        nullif(posting.after, -1), \(moment)
      FROM unnest(\(decision.postings.map(\.account.name))::text[], \(decision.postings.map(\.amount))::bigint[],
        \(decision.postings.map { $0.balanceAfter ?? -1 })::bigint[]) AS posting (account, amount, after)
      """,
    ]
    guard !touched.isEmpty else { return statements }
    statements.append(
      """
      INSERT INTO wallet.wallet_balance (brand_id, player_id, bucket, currency, balance, updated_at)
      SELECT \(brand), \(request.player), touched.bucket, \(currency), touched.balance, \(moment)
      FROM unnest(\(touched.map(\.name))::text[], \(touched.map { decision.balances[$0] ?? 0 })::bigint[]) AS touched (bucket, balance)
      ON CONFLICT (brand_id, player_id, bucket, currency)
      DO UPDATE SET balance = excluded.balance, version = wallet_balance.version + 1, updated_at = excluded.updated_at
      """)
    if let line = balanceLog(decision, request, moment, brand) { statements.append(line) }
    return statements
  }

  /// The compatibility ledger shows the player's total before and after; a move between buckets leaves no line.
  private func balanceLog(_ decision: WalletDecision, _ request: WalletRequest, _ moment: Timestamp, _ brand: BrandID) -> SQL? {
    let change = decision.postings.reduce(Int64(0)) { $1.account.bucket == nil ? $0 : $0 + $1.amount }
    let after = decision.balances.values.reduce(Int64(0), +)
    guard change != 0 else { return nil }
    return """
      INSERT INTO cordon.player_balance_log (brand_id, player_id, change_type, request_id, currency, amount, balance_before, balance_after,
        created_at)
      VALUES (\(brand), \(request.player), \(request.action.name.rawValue), \(request.key), \(request.brand.currency.code), \(change),
        \(after - change), \(after), \(moment))
      """
  }

  private func outbox(_ event: WalletCommandEvent, _ moment: Timestamp, _ brand: BrandID) -> SQL {
    """
    INSERT INTO wallet.wallet_outbox (brand_id, event_id, event_type, payload, created_at)
    VALUES (\(brand), \(event.id)::text::uuid, \(event.type), \(event.payload), \(moment))
    """
  }
}
