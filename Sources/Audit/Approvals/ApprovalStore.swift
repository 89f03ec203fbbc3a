package import Kernel
package import Postgres

/// The SQL of approvals. What must hold between the steps of one, the database says (`CB008`).
package enum ApprovalStore {
  package static func request(
    _ action: GovernedAction, _ subject: String, for life: Duration, by operatorID: String, reason: String,
    _ transaction: PlatformTransaction
  ) async throws(PostgresError) -> UUIDv7 {
    let id = UUIDv7.next()
    try await transaction.execute(
      """
      INSERT INTO cordon.delegated_approval (approval_id, event, action, subject, operator_id, reason, expires_at)
      VALUES (\(id), 'requested', \(action.rawValue), \(subject), \(operatorID), \(reason),
        clock_timestamp() + make_interval(secs => \(life.components.seconds)::bigint))
      """)
    return id
  }

  /// The next step of a request: its end, or that it may be done.
  package static func append(
    _ event: Approval.State, to id: UUIDv7, by operatorID: String, reason: String, _ transaction: PlatformTransaction
  ) async throws(PostgresError) {
    try await transaction.execute(
      """
      INSERT INTO cordon.delegated_approval (approval_id, event, action, subject, operator_id, reason, expires_at)
      SELECT approval_id, \(event.rawValue), action, subject, \(operatorID), \(reason), expires_at
      FROM cordon.delegated_approval WHERE approval_id = \(id) AND step = 1
      """)
  }

  package static func one(_ id: UUIDv7, _ transaction: PlatformTransaction) async throws(PostgresError) -> Approval? {
    let rows = try await transaction.query("\(columns) WHERE approval_id = \(id)")
    guard let row = rows.first else { return nil }
    return try Approval(row: row)
  }

  /// The last ones first.
  package static func all(limit: Int64, _ transaction: PlatformTransaction) async throws(PostgresError) -> [Approval] {
    var found: [Approval] = []
    for row in try await transaction.query("\(columns) ORDER BY requested_at DESC, approval_id DESC LIMIT \(limit)") {
      found.append(try Approval(row: row))
    }
    return found
  }

  /// Those whose time is over and of which that isn't written down.
  package static func overdue(_ transaction: PlatformTransaction) async throws(PostgresError) -> [UUIDv7] {
    let rows = try await transaction.query(
      """
      SELECT v.approval_id FROM cordon.v_delegated_approval AS v
      WHERE v.state = 'expired' AND NOT EXISTS (
        SELECT FROM cordon.delegated_approval AS a WHERE a.approval_id = v.approval_id AND a.event = 'expired')
      ORDER BY v.approval_id LIMIT 100
      """)
    var found: [UUIDv7] = []
    for row in rows { found.append(try row.get("approval_id")) }
    return found
  }

  private static let columns: SQL =
    """
    SELECT approval_id, action, subject, state, requested_by, reason, requested_at, expires_at, decided_by, used_by
    FROM cordon.v_delegated_approval
    """
}

extension Approval {
  fileprivate init(row: Row) throws(PostgresError) {
    let (action, state) = (GovernedAction(rawValue: try row.get("action")), State(rawValue: try row.get("state")))
    guard let action, let state else { throw PostgresError(.decoding, "an approval of another release", operation: "read approvals") }
    self.init(
      id: try row.get("approval_id"), action: action, subject: try row.get("subject"), state: state,
      requestedBy: try row.get("requested_by"),
      reason: try row.get("reason"), requestedAt: try row.get("requested_at"), expiresAt: try row.get("expires_at"),
      decidedBy: try row.getOptional("decided_by"), usedBy: try row.getOptional("used_by"))
  }
}
