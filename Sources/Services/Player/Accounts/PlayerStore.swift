internal import Kernel
internal import Postgres

/// The SQL of accounts. Every statement names the brand besides standing behind row-level security (S0-PLY-03).
struct PlayerStore: Sendable {
  /// - Returns: nil if the account exists in this brand, in whatever case.
  func insert(_ account: AccountName, passwordHash: String, at now: Timestamp, _ transaction: BrandTransaction) async throws
    -> PlayerRecord?
  {
    let rows = try await transaction.query(
      """
      INSERT INTO cordon.player (brand_id, account, account_key, password_hash, created_at, updated_at)
      VALUES (\(transaction.brand), \(account.text), \(account.key), \(passwordHash), \(now), \(now))
      ON CONFLICT DO NOTHING
      RETURNING player_id, account, status, created_at, contact_ciphertext
      """)
    return try rows.first.map { row throws(PostgresError) in try PlayerRecord(row: row) }
  }

  func setContact(
    _ ciphertext: [UInt8], keyID: String, of player: PlayerID, at now: Timestamp, _ transaction: BrandTransaction
  ) async throws {
    _ = try await transaction.execute(
      """
      UPDATE cordon.player SET contact_ciphertext = \(ciphertext), contact_key_id = \(keyID), updated_at = \(now)
      WHERE brand_id = \(transaction.brand) AND player_id = \(player)
      """)
  }

  func addEvent(_ event: PlayerEvent, at now: Timestamp, _ transaction: BrandTransaction) async throws {
    _ = try await transaction.execute(
      """
      INSERT INTO cordon.player_outbox (brand_id, event_id, event_type, payload, created_at)
      VALUES (\(transaction.brand), \(event.id), \(event.type), \(JSONText(event.payload)), \(now))
      """)
  }

  func find(_ player: PlayerID, _ transaction: BrandTransaction) async throws -> PlayerRecord? {
    let rows = try await transaction.query(
      """
      SELECT player_id, account, status, created_at, contact_ciphertext FROM cordon.player
      WHERE brand_id = \(transaction.brand) AND player_id = \(player)
      """)
    return try rows.first.map { row throws(PostgresError) in try PlayerRecord(row: row) }
  }

  func credentials(of account: AccountName, _ transaction: BrandTransaction) async throws -> Credentials? {
    let rows = try await transaction.query(
      """
      SELECT player_id, password_hash, status FROM cordon.player
      WHERE brand_id = \(transaction.brand) AND account_key = \(account.key)
      """)
    return try rows.first.map { row throws(PostgresError) in try Credentials(row: row) }
  }

  /// Replaces the hash only while it is still the one that was checked: a password that was changed meanwhile stays.
  func replaceHash(_ old: String, by new: String, of player: PlayerID, at now: Timestamp, _ transaction: BrandTransaction) async throws {
    _ = try await transaction.execute(
      """
      UPDATE cordon.player SET password_hash = \(new), updated_at = \(now)
      WHERE brand_id = \(transaction.brand) AND player_id = \(player) AND password_hash = \(old)
      """)
  }

  /// The log of log-ins, refused ones too. The brand is the request's (S0-PLY-04).
  func addLogin(_ attempt: LoginAttempt, outcome: String, session: UUIDv7?, at now: Timestamp, _ transaction: BrandTransaction) async throws
  {
    _ = try await transaction.execute(
      """
      INSERT INTO cordon.player_login
        (brand_id, player_id, account_key, outcome, session_id, source_ip_hash, request_id, created_at)
      VALUES (\(transaction.brand), \(attempt.player), \(attempt.accountKey), \(outcome), \(session), \(attempt.sourceHash),
        \(attempt.requestID), \(now))
      """)
  }
}
