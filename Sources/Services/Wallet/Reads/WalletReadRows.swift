internal import Contracts
internal import Kernel
internal import Postgres

// Rows of the wallet's tables as the answers that queries give.

extension WalletTransactionEntry {
  init(row: Row) throws(PostgresError) {
    let state: String = try row.get("state")
    let created: Timestamp = try row.get("created_at")
    let paid: Int64 = try row.get("settled_amount")
    self.init(
      id: try row.get("transaction_id"), player: try row.get("player_id"), kind: try row.get("kind"), state: state,
      amount: try row.get("amount"), currency: try row.get("currency"),
      settledAmount: WalletTransaction.State(rawValue: state)?.showsSettledAmount == true ? paid : nil,
      provider: try row.getOptional("provider"), reference: try row.getOptional("reference"), round: try row.getOptional("round"),
      requirement: try row.getOptional("requirement"), createdAt: created.description)
  }
}

extension WalletLedgerEntry {
  init(row: Row) throws(PostgresError) {
    let created: Timestamp = try row.get("created_at")
    self.init(
      entry: try row.get("seq"), requestID: try row.get("request_id"), command: try row.get("command"),
      transaction: try row.getOptional("transaction_id"), player: try row.getOptional("player_id"), account: try row.get("account"),
      amount: try row.get("amount"), currency: try row.get("currency"), balanceAfter: try row.getOptional("balance_after"),
      createdAt: created.description)
  }
}
