internal import Kernel
internal import Postgres

/// What a log-in is checked against.
struct Credentials: Sendable {
  let player: PlayerID
  let passwordHash: String
  let status: PlayerRecord.Status

  init(row: Row) throws(PostgresError) {
    player = try row.get("player_id")
    passwordHash = try row.get("password_hash")
    status = try PlayerRecord.status(row)
  }
}
