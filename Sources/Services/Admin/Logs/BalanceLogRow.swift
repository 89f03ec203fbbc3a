internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres

/// A change of a player's balance: an entry of the ledger, or a row of `player_balance_log` from before.
struct BalanceLogRow: LogRow {
  let number: Int64
  private let player: Int64
  private let changeType: String
  private let requestID: String?
  private let account: String?
  private let currency: String
  private let amount: Int64
  private let before: Int64
  private let after: Int64
  private let createdAt: Timestamp

  init(row: Row) throws(PostgresError) {
    number = try row.get("number")
    player = try row.get("player_id")
    changeType = try row.get("change_type")
    requestID = try row.getOptional("request_id")
    account = try row.getOptional("account")
    currency = try row.get("currency")
    amount = try row.get("amount")
    before = try row.get("balance_before")
    after = try row.get("balance_after")
    createdAt = try row.get("created_at")
  }

  var json: JSONValue {
    [
      "log_id": .init(number), "player_id": .init(player), "change_type": .string(changeType), "request_id": .init(requestID),
      "account": .init(account),
      "currency": .string(currency), "amount": .init(amount), "balance_before": .init(before), "balance_after": .init(after),
      "created_at": .string(createdAt.description),
    ]
  }

  static let jsonSchema = JSONSchema.object(
    name: "PlayerBalanceLog",
    fields: [
      .required(
        "log_id", .integer(Int64.min...Int64.max), "Ascending in time: the entry's number in the ledger; negative for older systems' rows."),
      .required("player_id", .identifier, "Whose balance."),
      .required("change_type", .text(max: 64), "What changed it."),
      .required("request_id", .nullable(.text(max: 300)), "The wallet command, where there was one."),
      .required("account", .nullable(.text(max: 64)), "The bucket; null in older systems' rows, which are of all buckets together."),
      .required("currency", .string(length: 3...5, pattern: .currencyCode), "Currency of the amounts."),
      .required("amount", .integer(Int64.min...Int64.max), "Minor units, signed."),
      .required("balance_before", .integer(0...Int64.max), "Minor units before it."),
      .required("balance_after", .integer(0...Int64.max), "Minor units after it."),
      .required("created_at", .timestamp, "When."),
    ])
}
