internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres

/// An attempt of a player to log in.
struct LoginLogRow: LogRow {
  let number: Int64
  private let player: Int64?
  private let account: String
  private let outcome: String
  private let requestID: String?
  private let createdAt: Timestamp

  init(row: Row) throws(PostgresError) {
    number = try row.get("login_id")
    player = try row.getOptional("player_id")
    account = try row.get("account_key")
    outcome = try row.get("outcome")
    requestID = try row.getOptional("request_id")
    createdAt = try row.get("created_at")
  }

  var json: JSONValue {
    [
      "login_id": .init(number), "player_id": player.map { .init($0) } ?? .null, "account": .string(account), "outcome": .string(outcome),
      "request_id": .init(requestID), "created_at": .string(createdAt.description),
    ]
  }

  static let jsonSchema = JSONSchema.object(
    name: "PlayerLoginLog",
    fields: [
      .required("login_id", .identifier, "Number of the row."),
      .required("player_id", .nullable(.identifier), "The player; null when the brand has no such account."),
      .required("account", .text(max: 64), "The account name that was tried, in lower case."),
      .required("outcome", .text(max: 64), "success, or the reason of the refusal."),
      .required("request_id", .nullable(.text(max: 300)), "Request that carried the attempt."),
      .required("created_at", .timestamp, "When."),
    ])
}
