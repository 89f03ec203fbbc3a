internal import Postgres

/// What a brand's money is at a moment: every balance, and how many rows each of its books has (S0-E2E-25).
struct BrandSnapshot: Hashable, Sendable {
  /// A digest of all rows of `wallet_balance`.
  let balances: String
  let ledgerEntries: Int64
  let commands: Int64
  let transactions: Int64
  let events: Int64

  static func take(_ transaction: BrandTransaction) async throws -> BrandSnapshot {
    let brand = transaction.brand
    let rows = try await transaction.query(
      """
      SELECT
        (SELECT coalesce(md5(string_agg(b::text, ',' ORDER BY player_id, bucket, currency)), 'none')
         FROM wallet.wallet_balance AS b WHERE brand_id = \(brand)) AS balances,
        (SELECT count(*) FROM wallet.wallet_ledger WHERE brand_id = \(brand)) AS entries,
        (SELECT count(*) FROM wallet.wallet_command WHERE brand_id = \(brand)) AS commands,
        (SELECT count(*) FROM wallet.wallet_transaction WHERE brand_id = \(brand)) AS transactions,
        (SELECT count(*) FROM wallet.wallet_outbox WHERE brand_id = \(brand)) AS events
      """)
    return BrandSnapshot(
      balances: try rows[0].get("balances"), ledgerEntries: try rows[0].get("entries"), commands: try rows[0].get("commands"),
      transactions: try rows[0].get("transactions"), events: try rows[0].get("events"))
  }
}
