internal import Kernel
internal import Platform
package import Postgres

/// The SQL of `game_callback_dead_letter`. The table belongs to no brand, for what it holds doesn't.
package struct DeadLetterStore: Sendable {
  private static let columns: SQL = """
    id, letter_id, provider, operation, method, path, outbound_account, raw_body, content_type, headers, reason, request_id, replay_status,
    replayed_at, replay_request_id, abandoned_at, notes, received_at, created_at
    """

  package init() {}

  /// Once for each letter, however often it is tried.
  /// - Returns: whether this was the first time.
  @discardableResult
  package func insert(_ letter: DeadLetter, in transaction: PlatformTransaction) async throws(PostgresError) -> Bool {
    try await transaction.execute(
      """
      INSERT INTO cordon.game_callback_dead_letter (letter_id, provider, operation, method, path, outbound_account, payload_json, raw_body,
        content_type, headers, reason, request_id, received_at)
      VALUES (\(letter.id), \(letter.provider), \(letter.operation), \(letter.method), \(letter.path), \(letter.outboundAccount),
        \(DeadLetterPayload.json(of: letter.body)), \(letter.body), \(letter.contentType), \(Self.headers(letter.headers)), \(letter.reason),
        \(letter.requestID), \(letter.receivedAt))
      ON CONFLICT (letter_id) DO NOTHING
      """) == 1
  }

  /// The oldest first, from behind the row numbered `after`.
  package func list(
    _ status: DeadLetterStatus?, provider: String?, after: Int64 = 0, limit: Int, in transaction: PlatformTransaction
  ) async throws(PostgresError) -> [DeadLetterRecord] {
    let status = status?.rawValue
    let rows = try await transaction.query(
      """
      SELECT \(Self.columns) FROM cordon.game_callback_dead_letter
      WHERE id > \(after) AND (\(status)::text IS NULL OR replay_status = \(status)) AND (\(provider)::text IS NULL OR provider = \(provider))
      ORDER BY id LIMIT \(Int64(limit))
      """)
    var records: [DeadLetterRecord] = []
    for row in rows { records.append(try DeadLetterRecord(row: row)) }
    return records
  }

  package func find(_ id: Int64, in transaction: PlatformTransaction) async throws(PostgresError) -> DeadLetterRecord? {
    try await first("SELECT \(Self.columns) FROM cordon.game_callback_dead_letter WHERE id = \(id)", transaction)
  }

  /// The row, nobody else's to change until the transaction ends.
  /// - Throws: `55P03` at once when somebody else has it.
  package func claim(_ id: Int64, in transaction: PlatformTransaction) async throws(PostgresError) -> DeadLetterRecord? {
    try await first("SELECT \(Self.columns) FROM cordon.game_callback_dead_letter WHERE id = \(id) FOR UPDATE NOWAIT", transaction)
  }

  package func markReplayed(_ id: Int64, requestID: String, in transaction: PlatformTransaction) async throws(PostgresError) {
    try await transaction.execute(
      """
      UPDATE cordon.game_callback_dead_letter SET replay_status = 'replayed', replayed_at = now(), replay_request_id = \(requestID)
      WHERE id = \(id)
      """)
  }

  /// - Parameter notes: nil leaves what is there.
  package func markAbandoned(_ id: Int64, notes: String?, in transaction: PlatformTransaction) async throws(PostgresError) {
    try await transaction.execute(
      """
      UPDATE cordon.game_callback_dead_letter SET replay_status = 'abandoned', abandoned_at = now(), notes = coalesce(\(notes), notes)
      WHERE id = \(id)
      """)
  }

  /// How many wait, and since when the oldest does, by provider.
  func pending(in transaction: PlatformTransaction) async throws(PostgresError) -> [DeadLetterBacklog] {
    let rows = try await transaction.query(
      """
      SELECT provider, count(*) AS letters, min(created_at) AS oldest FROM cordon.game_callback_dead_letter
      WHERE replay_status = 'pending' GROUP BY provider
      """)
    var found: [DeadLetterBacklog] = []
    for row in rows {
      found.append(DeadLetterBacklog(provider: try row.get("provider"), count: try row.get("letters"), oldest: try row.get("oldest")))
    }
    return found
  }

  private func first(_ sql: SQL, _ transaction: PlatformTransaction) async throws(PostgresError) -> DeadLetterRecord? {
    guard let row = try await transaction.query(sql).first else { return nil }
    return try DeadLetterRecord(row: row)
  }

  /// One value as a text, several as an array.
  private static func headers(_ headers: [String: [String]]) -> JSONText {
    let members = headers.sorted { $0.key < $1.key }.map { name, values in
      (name, values.count == 1 ? JSONValue.string(values[0]) : .array(values.map { .string($0) }))
    }
    return JSONText(JSONWriter.text(of: .members(members)))
  }
}
