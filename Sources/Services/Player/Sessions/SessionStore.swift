internal import Kernel
internal import Postgres

/// The SQL of sessions and their refresh tokens.
struct SessionStore: Sendable {
  func insert(_ session: NewSession, _ transaction: BrandTransaction) async throws {
    _ = try await transaction.pipeline([
      """
      INSERT INTO cordon.player_session (brand_id, session_id, player_id, created_at, expires_at)
      VALUES (\(transaction.brand), \(session.id), \(session.player), \(session.now), \(session.expiresAt))
      """,
      insertToken(session.tokenHash, session: session.id, generation: 1, session.now, session.expiresAt, transaction),
    ])
  }

  /// Reads a refresh token and locks it with its session, so that of two requests with one token the second sees what the first did.
  func lockToken(_ hash: [UInt8], _ transaction: BrandTransaction) async throws -> RefreshRow? {
    let rows = try await transaction.query(
      """
      SELECT s.session_id, s.player_id, t.generation, t.expires_at, p.status, s.revoked_at IS NOT NULL AS is_revoked,
        t.used_at IS NOT NULL AS is_used
      FROM cordon.player_refresh_token AS t
      JOIN cordon.player_session AS s ON s.brand_id = t.brand_id AND s.session_id = t.session_id
      JOIN cordon.player AS p ON p.brand_id = s.brand_id AND p.player_id = s.player_id
      WHERE t.brand_id = \(transaction.brand) AND t.token_hash = \(hash)
      FOR UPDATE OF t, s
      """)
    return try rows.first.map { row throws(PostgresError) in try RefreshRow(row: row) }
  }

  /// Stamps the old token and adds its successor; the session lives as long as the newest token.
  func rotate(_ old: RefreshRow, hash: [UInt8], by new: NewSession, _ transaction: BrandTransaction) async throws {
    _ = try await transaction.pipeline([
      """
      UPDATE cordon.player_refresh_token SET used_at = \(new.now)
      WHERE brand_id = \(transaction.brand) AND token_hash = \(hash) AND used_at IS NULL
      """,
      insertToken(new.tokenHash, session: old.session, generation: old.generation + 1, new.now, new.expiresAt, transaction),
      """
      UPDATE cordon.player_session SET expires_at = \(new.expiresAt)
      WHERE brand_id = \(transaction.brand) AND session_id = \(old.session)
      """,
    ])
  }

  /// Ends a session; one that has ended keeps its time and reason.
  /// - Returns: false if the player has no such session.
  func revoke(
    _ session: UUIDv7, of player: PlayerID, because reason: String, at now: Timestamp, _ transaction: BrandTransaction
  ) async throws -> Bool {
    let rows = try await transaction.execute(
      """
      UPDATE cordon.player_session SET revoked_at = coalesce(revoked_at, \(now)), revoked_reason = coalesce(revoked_reason, \(reason))
      WHERE brand_id = \(transaction.brand) AND session_id = \(session) AND player_id = \(player)
      """)
    return rows == 1
  }

  /// Ends up to `limit` living sessions of one player, or of all when `player` is nil.
  /// - Returns: the sessions that were ended.
  func revokeSome(
    of player: PlayerID?, because reason: String, at now: Timestamp, limit: Int64, _ transaction: BrandTransaction
  ) async throws -> [UUIDv7] {
    let rows = try await transaction.query(
      """
      UPDATE cordon.player_session SET revoked_at = \(now), revoked_reason = \(reason)
      WHERE brand_id = \(transaction.brand) AND session_id IN (
        SELECT session_id FROM cordon.player_session
        WHERE brand_id = \(transaction.brand) AND revoked_at IS NULL AND expires_at > \(now)
          AND (\(player)::bigint IS NULL OR player_id = \(player)::bigint)
        ORDER BY session_id LIMIT \(limit) FOR UPDATE)
      RETURNING session_id
      """)
    return try rows.map { row throws(PostgresError) in try row.get("session_id") }
  }

  /// How many sessions of one player live, or of all when `player` is nil.
  func countLiving(of player: PlayerID?, at now: Timestamp, _ transaction: BrandTransaction) async throws -> Int64 {
    try await transaction.query(
      """
      SELECT count(*) AS living FROM cordon.player_session
      WHERE brand_id = \(transaction.brand) AND revoked_at IS NULL AND expires_at > \(now)
        AND (\(player)::bigint IS NULL OR player_id = \(player)::bigint)
      """
    ).first?.get("living") ?? 0
  }

  private func insertToken(
    _ hash: [UInt8], session: UUIDv7, generation: Int32, _ now: Timestamp, _ expiresAt: Timestamp, _ transaction: BrandTransaction
  ) -> SQL {
    """
    INSERT INTO cordon.player_refresh_token (brand_id, token_hash, session_id, generation, issued_at, expires_at)
    VALUES (\(transaction.brand), \(hash), \(session), \(generation), \(now), \(expiresAt))
    """
  }
}
