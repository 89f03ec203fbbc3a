internal import Kernel
internal import Postgres

/// The deposit that a payment is for, as the ledger's transaction has it.
struct PendingDeposit: Hashable, Sendable {
  let transaction: UUIDv7
  /// As the row has it. The wallet's own rows always have one; rows of older intake tables may not (S0-WAL-33).
  let brand: BrandID?
  let player: PlayerID
  let amount: Int64
  let currency: String

  init(transaction: UUIDv7, brand: BrandID?, player: PlayerID, amount: Int64, currency: String) {
    self.transaction = transaction
    self.brand = brand
    self.player = player
    self.amount = amount
    self.currency = currency
  }

  init(row: Row) throws(PostgresError) {
    transaction = try row.get("transaction_id")
    brand = try row.getOptional("brand_id")
    player = try row.get("player_id")
    amount = try row.get("amount")
    currency = try row.get("currency")
  }
}
