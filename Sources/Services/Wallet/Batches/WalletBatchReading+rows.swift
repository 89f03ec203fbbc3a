internal import Evidence
internal import Kernel
internal import Postgres

// Answers of the batch's statements as the values that the rules know.

extension WalletBatchReading {
  /// - Parameter players: a row for each bucket of each, or one without a bucket.
  mutating func take(commands: Rows, splits: Rows, players: Rows) throws(PostgresError) {
    for row in commands { stored[try row.get("request_id")] = try Stored(row: row) }
    for row in splits { self.splits[try row.get("key")] = try row.get("found_brand_id") }
    for row in players {
      let player: PlayerID = try row.get("player_id")
      self.players[player] = try row.get("status", as: String.self) == "active" ? .active : .suspended
      guard let balance: Int64 = try row.getOptional("balance") else { continue }
      balances[player, default: [:]][try Bucket(row: row)] = balance
    }
  }

  mutating func take(transactions rows: Rows) throws(PostgresError) {
    for row in rows {
      let held = Held(transaction: try WalletTransaction(row: row), player: try row.get("player_id"))
      transactions[held.transaction.id] = held
      guard held.transaction.kind == .bet, let provider = held.transaction.provider, let reference = held.transaction.reference else {
        continue
      }
      bets[WalletBetName(provider: provider, reference: reference)] = held.transaction.id
    }
  }

  mutating func take(tombstones rows: Rows) throws(PostgresError) {
    for row in rows { tombstones.insert(WalletBetName(provider: try row.get("provider"), reference: try row.get("reference"))) }
  }
}

extension LedgerHead {
  init(row: Row) throws(PostgresError) {
    guard let hash = LedgerHash(try row.get("row_hash", as: [UInt8].self)) else {
      throw PostgresError(.decoding, "the chain's head has no usable hash", operation: "read the wallet")
    }
    self.init(seq: try row.get("seq"), hash: hash)
  }
}
