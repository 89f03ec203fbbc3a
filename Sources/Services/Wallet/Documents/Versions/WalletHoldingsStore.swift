internal import Kernel
internal import Postgres

/// The SQL that finds what a topology would do to money that is there.
struct WalletHoldingsStore: Sendable {
  /// Looks at no more than `rowsMax` balances, in the order of the primary key, and says whether there were more. Both statements see the
  /// same moment when the transaction is a repeatable read.
  func holdings(
    under change: WalletTopologyChange, rowsMax: Int64, _ transaction: BrandTransaction
  ) async throws -> WalletHoldings {
    let brand = transaction.brand
    let scanned: SQL = """
      SELECT player_id, bucket, currency, balance, row_number() OVER (ORDER BY player_id, bucket, currency) AS place
      FROM wallet.wallet_balance WHERE brand_id = \(brand) ORDER BY player_id, bucket, currency LIMIT \(rowsMax + 1)
      """
    let answers = try await transaction.pipeline([
      """
      SELECT bucket, currency, count(*) FILTER (WHERE balance > 0) AS players, sum(balance)::text AS amount
      FROM (\(scanned)) AS scanned WHERE place <= \(rowsMax) GROUP BY bucket, currency ORDER BY bucket, currency
      """,
      """
      SELECT count(*) FILTER (WHERE place <= \(rowsMax)) AS seen, count(*) > \(rowsMax) AS is_cut,
        \(players(in: change.vanishing, rowsMax)) AS vanishing, \(players(in: change.noLongerWithdrawable, rowsMax)) AS locked,
        \(players(in: change.leavingBetOrder, rowsMax)) AS leaving
      FROM (\(scanned)) AS scanned
      """,
    ])
    guard let row = answers[1].first else { throw PostgresError(.decoding, "no count came back", operation: "read holdings") }
    return WalletHoldings(
      totals: try answers[0].map { row throws(PostgresError) in try WalletHoldings.Total(row: row) },
      vanishingPlayers: try row.get("vanishing"), noLongerWithdrawablePlayers: try row.get("locked"),
      leavingBetOrderPlayers: try row.get("leaving"), rows: try row.get("seen"), isComplete: try !row.get("is_cut", as: Bool.self))
  }

  private func players(in buckets: [String], _ rowsMax: Int64) -> SQL {
    "count(DISTINCT player_id) FILTER (WHERE place <= \(rowsMax) AND balance > 0 AND bucket = ANY (\(buckets)::text[]))"
  }

  /// Money that no bucket of `kept` covers, over all players: nothing may be missed here.
  func stranded(outside kept: [String], _ transaction: BrandTransaction) async throws -> [WalletHoldings.Total] {
    let brand = transaction.brand
    return try await transaction.query(
      """
      SELECT bucket, currency, count(*) AS players, sum(balance)::text AS amount FROM wallet.wallet_balance
      WHERE brand_id = \(brand) AND balance > 0 AND bucket <> ALL (\(kept)::text[])
      GROUP BY bucket, currency ORDER BY bucket, currency
      """
    ).map { row throws(PostgresError) in try WalletHoldings.Total(row: row) }
  }

  /// Open bets and withdrawals by the vanishing bucket that gave to them: what is undone of them would return there.
  func openStakes(in buckets: [String], _ transaction: BrandTransaction) async throws -> [String: Int64] {
    let brand = transaction.brand
    let rows = try await transaction.query(
      """
      SELECT part.bucket, count(*) AS transactions
      FROM wallet.wallet_transaction AS t CROSS JOIN LATERAL unnest(t.part_buckets) AS part (bucket)
      WHERE t.brand_id = \(brand) AND (t.state IN ('requested', 'authorized') OR t.kind = 'withdraw' AND t.state = 'approved')
        AND part.bucket = ANY (\(buckets)::text[])
      GROUP BY part.bucket
      """)
    var stakes: [String: Int64] = [:]
    for row in rows { stakes[try row.get("bucket")] = try row.get("transactions") }
    return stakes
  }

  /// Bonuses that were granted and not decided on yet: their money is looked for in the topology's bonus bucket.
  func openBonuses(_ transaction: BrandTransaction) async throws -> Int64 {
    let brand = transaction.brand
    let rows = try await transaction.query(
      "SELECT count(*) AS bonuses FROM wallet.wallet_transaction WHERE brand_id = \(brand) AND kind = 'bonus' AND state = 'granted'")
    return try rows.first?.get("bonuses") ?? 0
  }
}

extension WalletHoldings.Total {
  fileprivate init(row: Row) throws(PostgresError) {
    self.init(
      bucket: try row.get("bucket"), currency: try row.get("currency"), players: try row.get("players"), amount: try row.get("amount"))
  }
}
