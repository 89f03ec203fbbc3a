internal import Evidence
internal import Kernel
internal import Postgres

/// The SQL of checking: what the ledger, its chain and the buckets say. Every statement by itself sees one moment.
struct WalletCheckStore: Sendable {
  /// The entries behind `seq`, in their order.
  func entries(after seq: Int64, limit: Int64, _ transaction: BrandTransaction) async throws -> [StoredLedgerEntry] {
    try await transaction.query(
      """
      SELECT seq, prev_hash, row_hash, request_id, command, transaction_id, player_id, account, currency::text AS currency, amount,
        balance_after, created_at
      FROM wallet.wallet_ledger WHERE brand_id = \(transaction.brand) AND seq > \(seq) ORDER BY seq LIMIT \(limit)
      """
    ).map { row throws(PostgresError) in try StoredLedgerEntry(row: row, brand: transaction.brand) }
  }

  func hash(of seq: Int64, _ transaction: BrandTransaction) async throws -> LedgerHash? {
    try await transaction.query(
      "SELECT row_hash FROM wallet.wallet_ledger WHERE brand_id = \(transaction.brand) AND seq = \(seq)"
    ).first.map { row throws(PostgresError) in try row.digest("row_hash") }
  }

  /// The ledger's last entry, and what the chain's head says that it is.
  func heads(_ transaction: BrandTransaction) async throws -> (ledger: LedgerHead, chain: LedgerHead) {
    let rows = try await transaction.query(
      """
      (SELECT false AS is_chain, seq, row_hash FROM wallet.wallet_ledger WHERE brand_id = \(transaction.brand) ORDER BY seq DESC LIMIT 1)
      UNION ALL
      SELECT true, seq, row_hash FROM wallet.wallet_chain WHERE brand_id = \(transaction.brand)
      """)
    var heads = (ledger: LedgerHead.empty, chain: LedgerHead.empty)
    for row in rows {
      let head = LedgerHead(seq: try row.get("seq"), hash: try row.digest("row_hash"))
      if try row.get("is_chain") { heads.chain = head } else { heads.ledger = head }
    }
    return heads
  }

  /// Those of the commands whose entries, all of them, don't sum to zero.
  func unbalanced(_ requests: [String], _ transaction: BrandTransaction) async throws -> [WalletFinding] {
    guard !requests.isEmpty else { return [] }
    return try await transaction.query(
      """
      SELECT request_id, currency::text AS currency, sum(amount)::text AS total, min(seq) AS first FROM wallet.wallet_ledger
      WHERE brand_id = \(transaction.brand) AND request_id = ANY (\(requests)) GROUP BY request_id, currency HAVING sum(amount) <> 0
      """
    ).map { row throws(PostgresError) in
      .unbalanced(
        request: try row.get("request_id"), currency: try row.get("currency"), total: try row.get("total"), from: try row.get("first"))
    }
  }

  /// What each bucket held before an entry, by the last entry of it before that one.
  func held(
    _ buckets: [LedgerBucket], before seqs: [Int64], _ transaction: BrandTransaction
  ) async throws -> [LedgerBucket: Int64] {
    guard !buckets.isEmpty else { return [:] }
    let rows = try await transaction.query(
      """
      SELECT k.player_id, k.account, k.currency, before.balance_after
      FROM unnest(\(buckets.map(\.player)), \(buckets.map(\.name)), \(buckets.map(\.currency)), \(seqs)) AS k (player_id, account, currency, seq)
      CROSS JOIN LATERAL (
        SELECT l.balance_after FROM wallet.wallet_ledger AS l
        WHERE l.brand_id = \(transaction.brand) AND l.player_id = k.player_id AND l.account = k.account AND l.currency = k.currency
          AND l.seq < k.seq AND l.balance_after IS NOT NULL
        ORDER BY l.seq DESC LIMIT 1
      ) AS before
      """)
    var held: [LedgerBucket: Int64] = [:]
    for row in rows { held[try LedgerBucket(row: row)] = try row.get("balance_after") }
    return held
  }

  /// Those of the buckets that don't hold what their last entry left in them.
  func stale(_ buckets: [LedgerBucket], _ transaction: BrandTransaction) async throws -> [WalletFinding] {
    guard !buckets.isEmpty else { return [] }
    return try await transaction.query(
      """
      SELECT k.player_id, k.account, k.currency, coalesce(b.balance, 0)::text AS stored, coalesce(last.balance_after, 0)::text AS ledger
      FROM unnest(\(buckets.map(\.player)), \(buckets.map(\.name)), \(buckets.map(\.currency))) AS k (player_id, account, currency)
      LEFT JOIN wallet.wallet_balance AS b
        ON b.brand_id = \(transaction.brand) AND b.player_id = k.player_id AND b.bucket = k.account AND b.currency = k.currency
      LEFT JOIN LATERAL (
        SELECT l.balance_after FROM wallet.wallet_ledger AS l
        WHERE l.brand_id = \(transaction.brand) AND l.player_id = k.player_id AND l.account = k.account AND l.currency = k.currency
        ORDER BY l.seq DESC LIMIT 1
      ) AS last ON true
      WHERE coalesce(b.balance, 0) <> coalesce(last.balance_after, 0)
      """
    ).map { row throws(PostgresError) in
      .difference(try LedgerBucket(row: row), stored: try row.get("stored"), ledger: try row.get("ledger"))
    }
  }

  func players(after player: Int64, limit: Int64, _ transaction: BrandTransaction) async throws -> [Int64] {
    try await transaction.query(
      """
      SELECT player_id FROM cordon.player WHERE brand_id = \(transaction.brand) AND player_id > \(player)
      ORDER BY player_id LIMIT \(limit)
      """
    ).map { row throws(PostgresError) in try row.get("player_id") }
  }

  /// The buckets of the players that don't hold the sum of their entries.
  func differences(of players: [Int64], _ transaction: BrandTransaction) async throws -> [WalletFinding] {
    guard !players.isEmpty else { return [] }
    return try await transaction.query(
      """
      SELECT player_id, account, currency::text AS currency, coalesce(b.balance, 0)::text AS stored, coalesce(l.total, 0)::text AS ledger
      FROM (
        SELECT player_id, bucket AS account, currency, balance FROM wallet.wallet_balance
        WHERE brand_id = \(transaction.brand) AND player_id = ANY (\(players))
      ) AS b
      FULL JOIN (
        SELECT player_id, account, currency, sum(amount) AS total FROM wallet.wallet_ledger
        WHERE brand_id = \(transaction.brand) AND player_id = ANY (\(players)) GROUP BY player_id, account, currency
      ) AS l USING (player_id, account, currency)
      WHERE coalesce(b.balance, 0) <> coalesce(l.total, 0)
      """
    ).map { row throws(PostgresError) in
      .difference(try LedgerBucket(row: row), stored: try row.get("stored"), ledger: try row.get("ledger"))
    }
  }
}

extension StoredLedgerEntry {
  fileprivate init(row: Row, brand: BrandID) throws(PostgresError) {
    claimed = try row.digest("row_hash")
    entry = LedgerEntry(
      brand: brand.rawValue, seq: try row.get("seq"), previous: try row.digest("prev_hash"), requestID: try row.get("request_id"),
      command: try row.get("command"), transaction: try row.getOptional("transaction_id"), player: try row.getOptional("player_id"),
      account: try row.get("account"), currency: try row.get("currency"), amount: try row.get("amount"),
      balanceAfter: try row.getOptional("balance_after"), createdAt: try row.get("created_at"))
  }
}

extension LedgerBucket {
  fileprivate init(row: Row) throws(PostgresError) {
    self.init(player: try row.get("player_id"), name: try row.get("account"), currency: try row.get("currency"))
  }
}
