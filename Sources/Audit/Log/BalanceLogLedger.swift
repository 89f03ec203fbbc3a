package import Evidence
package import Postgres

/// The log of balance changes in the form of the replaced systems.
package struct BalanceLogLedger: LedgerSource {
  package let ledger = Ledger.playerBalanceLog

  package init() {}

  package func entries(after seq: Int64, limit: Int64, _ transaction: BrandTransaction) async throws -> [LogEntry] {
    try await transaction.query(
      """
      SELECT brand_id, seq, prev_hash, row_hash, log_id, player_id, change_type, request_id, currency::text AS currency, amount,
        balance_before, balance_after, created_at
      FROM cordon.player_balance_log WHERE brand_id = \(transaction.brand) AND seq > \(seq) ORDER BY seq LIMIT \(limit)
      """
    ).map { try LogEntry(row: $0, of: ledger) }
  }
}
