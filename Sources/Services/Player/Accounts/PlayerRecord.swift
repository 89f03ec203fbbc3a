internal import Kernel
internal import Postgres

/// A row of `cordon.player`, without the password.
struct PlayerRecord: Sendable {
  enum Status: String, Sendable {
    case active
    case suspended
  }

  let player: PlayerID
  let account: String
  let status: Status
  let createdAt: Timestamp
  let contactCiphertext: [UInt8]?

  init(row: Row) throws(PostgresError) {
    player = try row.get("player_id")
    account = try row.get("account")
    status = try Self.status(row)
    createdAt = try row.get("created_at")
    contactCiphertext = try row.getOptional("contact_ciphertext")
  }

  static func status(_ row: Row) throws(PostgresError) -> Status {
    let text: String = try row.get("status")
    guard let status = Status(rawValue: text) else {
      throw PostgresError(.decoding, "player with status '\(text)'", operation: "read a player")
    }
    return status
  }
}
