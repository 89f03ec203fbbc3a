internal import Evidence
internal import Kernel
internal import Postgres

/// The SQL of what checking remembers: how far it has got, and what it found.
struct WalletFindingStore: Sendable {
  struct Known: Sendable {
    let id: Int64
    let finding: WalletFinding
  }

  /// What one checker of a brand does at a time.
  enum Step: String, Sendable {
    case progress
    case sweep
  }

  /// Takes the brand for one checker and reads how far it has got; nil when another one has the brand.
  func claim(_ step: Step, _ transaction: BrandTransaction) async throws -> WalletCheckState? {
    let name = "wallet.wallet_check \(step.rawValue)"
    let lock = try await transaction.query(
      "SELECT pg_try_advisory_xact_lock(hashtextextended(\(name), \(transaction.brand.rawValue))) AS taken")
    guard try lock.first?.get("taken", as: Bool.self) == true else { return nil }
    _ = try await transaction.execute("INSERT INTO wallet.wallet_check (brand_id) VALUES (\(transaction.brand)) ON CONFLICT DO NOTHING")
    return try await state(transaction)
  }

  func state(_ transaction: BrandTransaction) async throws -> WalletCheckState? {
    try await transaction.query(
      """
      SELECT checked_seq, checked_hash, swept_seq, swept_hash, swept_player_id, caught_up_at
      FROM wallet.wallet_check WHERE brand_id = \(transaction.brand)
      """
    ).first.map { row throws(PostgresError) in try WalletCheckState(row: row) }
  }

  func saveProgress(_ state: WalletCheckState, _ transaction: BrandTransaction) async throws {
    _ = try await transaction.execute(
      """
      UPDATE wallet.wallet_check SET checked_seq = \(state.checked.seq), checked_hash = \(state.checked.hash.bytes),
        caught_up_at = CASE WHEN \(state.isCaughtUp) THEN clock_timestamp() ELSE caught_up_at END, checked_at = clock_timestamp()
      WHERE brand_id = \(transaction.brand)
      """)
  }

  func saveSweep(_ state: WalletCheckState, _ transaction: BrandTransaction) async throws {
    _ = try await transaction.execute(
      """
      UPDATE wallet.wallet_check SET
        swept_seq = \(state.swept.seq), swept_hash = \(state.swept.hash.bytes), swept_player_id = \(state.sweptPlayer),
        entries_swept_at = CASE WHEN \(state.hasSweptEntries) THEN clock_timestamp() ELSE entries_swept_at END,
        players_swept_at = CASE WHEN \(state.hasSweptPlayers) THEN clock_timestamp() ELSE players_swept_at END
      WHERE brand_id = \(transaction.brand)
      """)
  }

  /// The open findings, those first that were looked at longest ago: the order of their numbers, from one on.
  func open(after id: Int64, limit: Int64, _ transaction: BrandTransaction) async throws -> [Known] {
    try await transaction.query(
      """
      SELECT finding_id, kind, subject, detail, seq, request_id, player_id, expected_hash FROM wallet.wallet_check_finding
      WHERE brand_id = \(transaction.brand) AND resolved_at IS NULL AND finding_id > \(id) ORDER BY finding_id LIMIT \(limit)
      """
    ).compactMap { row throws(PostgresError) in try Known(row: row) }
  }

  func counts(_ transaction: BrandTransaction) async throws -> [WalletFindingKind: Int64] {
    let rows = try await transaction.query(
      """
      SELECT kind, count(*) AS open FROM wallet.wallet_check_finding WHERE brand_id = \(transaction.brand) AND resolved_at IS NULL
      GROUP BY kind
      """)
    var counts: [WalletFindingKind: Int64] = [:]
    for row in rows {
      if let kind = WalletFindingKind(rawValue: try row.get("kind")) { counts[kind] = try row.get("open") }
    }
    return counts
  }

  /// Keeps a finding unless it is known or there are too many. - Returns: whether it is new.
  func keep(_ finding: WalletFinding, openMax: Int64, _ transaction: BrandTransaction) async throws -> Bool {
    try await transaction.execute(
      """
      INSERT INTO wallet.wallet_check_finding (brand_id, kind, subject, detail, seq, request_id, player_id, expected_hash)
      SELECT \(transaction.brand)::bigint, \(finding.kind.rawValue)::text, \(finding.subject)::text, \(finding.detail)::text,
        \(finding.place.entry)::bigint, \(finding.place.request)::text, \(finding.place.player)::bigint, \(finding.expected?.bytes)::bytea
      WHERE (SELECT count(*) FROM wallet.wallet_check_finding WHERE brand_id = \(transaction.brand) AND resolved_at IS NULL) < \(openMax)
      ON CONFLICT (brand_id, kind, subject) WHERE resolved_at IS NULL DO NOTHING
      """) > 0
  }

  func resolve(_ ids: [Int64], _ transaction: BrandTransaction) async throws {
    guard !ids.isEmpty else { return }
    _ = try await transaction.execute(
      """
      UPDATE wallet.wallet_check_finding SET resolved_at = clock_timestamp()
      WHERE brand_id = \(transaction.brand) AND finding_id = ANY (\(ids)) AND resolved_at IS NULL
      """)
  }
}

extension WalletFindingStore.Known {
  /// Nil for a kind that this version doesn't know.
  fileprivate init?(row: Row) throws(PostgresError) {
    guard let kind = WalletFindingKind(rawValue: try row.get("kind")) else { return nil }
    let place = WalletFindingPlace.of(
      entry: try row.getOptional("seq"), request: try row.getOptional("request_id"), player: try row.getOptional("player_id"))
    let expected = try row.getOptional("expected_hash", as: [UInt8].self).flatMap { LedgerHash($0) }
    id = try row.get("finding_id")
    finding = WalletFinding(kind, try row.get("subject"), try row.get("detail"), at: place, expected: expected)
  }
}
