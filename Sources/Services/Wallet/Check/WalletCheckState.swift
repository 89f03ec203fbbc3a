internal import Evidence
internal import Kernel
internal import Postgres

/// How far a brand has been checked: a row of `wallet.wallet_check`.
struct WalletCheckState: Sendable {
  var checked: LedgerHead
  /// Where the slow sweep over the entries stands.
  var swept: LedgerHead
  var sweptPlayer: Int64
  let caughtUpAt: Timestamp?

  /// What this round came to the end of.
  var isCaughtUp = false
  var hasSweptEntries = false
  var hasSweptPlayers = false

  init(row: Row) throws(PostgresError) {
    checked = LedgerHead(seq: try row.get("checked_seq"), hash: try row.digest("checked_hash"))
    swept = LedgerHead(seq: try row.get("swept_seq"), hash: try row.digest("swept_hash"))
    sweptPlayer = try row.get("swept_player_id")
    caughtUpAt = try row.getOptional("caught_up_at")
  }
}

extension Row {
  func digest(_ column: String) throws(PostgresError) -> LedgerHash {
    guard let hash = LedgerHash(try get(column)) else {
      throw PostgresError(.decoding, "\(column) is not 32 bytes", operation: "read the ledger")
    }
    return hash
  }
}
