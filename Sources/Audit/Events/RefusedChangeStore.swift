internal import Kernel
internal import Platform
internal import Postgres

/// The SQL of changes that append-only tables refused (S4-INT-05).
enum RefusedChangeStore {
  struct Rise: Hashable {
    /// With its schema.
    let ledger: String
    /// Since the table has its guard.
    let attempts: Int64
    /// Of those, the ones that no event tells of.
    let new: Int64
  }

  /// One program at a time counts, until its transaction ends.
  static func claim(_ transaction: PlatformTransaction) async throws(PostgresError) -> Bool {
    try await transaction.query("SELECT pg_try_advisory_xact_lock(hashtextextended('refused changes', 0)) AS mine").first?.get("mine")
      ?? false
  }

  /// Every guarded table.
  static func ledgers(_ transaction: PlatformTransaction) async throws(PostgresError) -> [String] {
    var ledgers: [String] = []
    for row in try await transaction.query("SELECT ledger FROM evidence.v_refused_change ORDER BY ledger") {
      ledgers.append(try row.get("ledger"))
    }
    return ledgers
  }

  /// The tables whose count is beyond what the last event about them says. Sequences count, so that nothing of it goes with a transaction that
  /// was undone.
  static func rises(_ transaction: PlatformTransaction) async throws(PostgresError) -> [Rise] {
    var rises: [Rise] = []
    let rows = try await transaction.query(
      """
      SELECT v.ledger, v.attempts, v.attempts - coalesce(e.attempts, 0) AS new
      FROM evidence.v_refused_change AS v
      LEFT JOIN LATERAL (
        SELECT (s.detail ->> 'attempts')::bigint AS attempts FROM cordon.system_event AS s
        WHERE s.kind = 'append_only_violation' AND s.detail ->> 'ledger' = v.ledger ORDER BY s.event_id DESC LIMIT 1) AS e ON true
      WHERE v.attempts > coalesce(e.attempts, 0)
      ORDER BY v.ledger
      """)
    for row in rows { rises.append(Rise(ledger: try row.get("ledger"), attempts: try row.get("attempts"), new: try row.get("new"))) }
    return rises
  }

  static func record(_ rise: Rise, at moment: Timestamp, _ transaction: PlatformTransaction) async throws(PostgresError) {
    let event = SystemEvent(
      .appendOnlyViolation, reason: "append_only", requestID: RequestIDRules.next(), service: "append_only_monitor", occurrences: rise.new,
      detail: ["ledger": .string(rise.ledger), "attempts": .integer(rise.attempts)], at: moment)
    try await SystemEvents.append([event], brand: nil, in: transaction)
  }
}
