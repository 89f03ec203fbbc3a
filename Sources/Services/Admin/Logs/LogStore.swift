internal import Kernel
internal import Postgres

/// Reads the logs of one brand, newest first: the seed's `_query_log_table`, which demands a brand for every log (S0-ADM-17).
struct LogStore: Sendable {
  let database: Database

  func balances(_ brand: BrandID, player: Int64?, before: Int64?, limit: Int) async throws -> [BalanceLogRow] {
    let rows = try await read(
      """
      SELECT number, player_id, change_type, request_id, account, currency, amount, balance_before, balance_after, created_at
      FROM cordon.v_player_balance_change
      WHERE brand_id = \(brand) AND (\(player)::bigint IS NULL OR player_id = \(player)) AND (\(before)::bigint IS NULL OR number < \(before))
      ORDER BY number DESC LIMIT \(Int64(limit))
      """, brand)
    return try rows.map { try BalanceLogRow(row: $0) }
  }

  func logins(_ brand: BrandID, player: Int64?, before: Int64?, limit: Int) async throws -> [LoginLogRow] {
    let rows = try await read(
      """
      SELECT login_id, player_id, account_key, outcome, request_id, created_at
      FROM cordon.player_login
      WHERE brand_id = \(brand) AND (\(player)::bigint IS NULL OR player_id = \(player)) AND (\(before)::bigint IS NULL OR login_id < \(before))
      ORDER BY login_id DESC LIMIT \(Int64(limit))
      """, brand)
    return try rows.map { try LoginLogRow(row: $0) }
  }

  private func read(_ sql: SQL, _ brand: BrandID) async throws -> Rows {
    try await database.withBrand(brand) { transaction in try await transaction.query(sql) }
  }
}
