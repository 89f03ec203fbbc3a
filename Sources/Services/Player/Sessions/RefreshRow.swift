internal import Kernel
internal import Postgres

/// A refresh token's row, with its session and player.
struct RefreshRow: Sendable {
  let session: UUIDv7
  let player: PlayerID
  let generation: Int32
  let state: RefreshRules.State

  init(row: Row) throws(PostgresError) {
    session = try row.get("session_id")
    player = try row.get("player_id")
    generation = try row.get("generation")
    state = RefreshRules.State(
      isRevoked: try row.get("is_revoked"), isUsed: try row.get("is_used"), expiresAt: try row.get("expires_at"),
      isSuspended: try PlayerRecord.status(row) == .suspended)
  }
}
