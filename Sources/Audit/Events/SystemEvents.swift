package import Kernel
internal import Platform
package import Postgres

/// `cordon.system_event`: append and read; the table refuses every later change. What records a mutation is written in its transaction, behind its
/// row of `admin_audit`, so that two writers lock the chains in the same order (C-59).
package enum SystemEvents {
  /// Records something in the transaction's brand. Events that were written before, by their keys, are left as they are.
  package static func append(_ events: [SystemEvent], in transaction: BrandTransaction) async throws(PostgresError) {
    try await transaction.execute(insertion(of: events, brand: transaction.brand))
  }

  /// Records something that has no brand, or with `brand` something of that brand.
  package static func append(_ events: [SystemEvent], brand: BrandID?, in transaction: PlatformTransaction) async throws(PostgresError) {
    try await transaction.execute(insertion(of: events, brand: brand))
  }

  /// At most `limit` events of the transaction's brand, newest first, from before the one numbered `before`.
  package static func page(
    _ filter: SystemEventFilter, before: Int64? = nil, limit: Int, in transaction: BrandTransaction
  ) async throws(PostgresError) -> [SystemEventRecord] {
    try records(try await transaction.query(selection("brand_id = \(transaction.brand)", filter, before: before, limit: limit)))
  }

  /// As the other `page`, over all brands and what has none.
  package static func page(
    _ filter: SystemEventFilter, before: Int64? = nil, limit: Int, in transaction: PlatformTransaction
  ) async throws(PostgresError) -> [SystemEventRecord] {
    try records(try await transaction.query(selection("true", filter, before: before, limit: limit)))
  }

  package static func record(_ id: Int64, in transaction: PlatformTransaction) async throws(PostgresError) -> SystemEventRecord? {
    try records(try await transaction.query("SELECT \(columns) FROM cordon.system_event WHERE event_id = \(id)")).first
  }

  // MARK: SQL

  private static let columns: SQL =
    """
    event_id, brand_id, kind, outcome, reason, status, request_id, trace_id, service, caller, operator_id, player_id, method, route,
    occurrences, detail, occurred_at, created_at
    """

  private static func insertion(of events: [SystemEvent], brand: BrandID?) -> SQL {
    """
    INSERT INTO cordon.system_event (brand_id, event_key, kind, outcome, reason, status, request_id, trace_id, service, caller, operator_id,
      player_id, method, route, occurrences, detail, occurred_at)
    SELECT \(brand)::bigint, e.event_key, e.kind, e.outcome, e.reason, e.status, e.request_id, e.trace_id, e.service, e.caller, e.operator_id,
      e.player_id, e.method, e.route, e.occurrences, e.detail, e.occurred_at
    FROM jsonb_to_recordset(\(JSONText(JSONWriter.text(of: .array(events.map(json)))))) AS e (
      event_key text, kind text, outcome text, reason text, status bigint, request_id text, trace_id text, service text,
      caller text, operator_id text, player_id bigint, method text, route text, occurrences bigint, detail jsonb, occurred_at timestamptz)
    ORDER BY e.occurred_at, e.event_key
    ON CONFLICT (event_key) DO NOTHING
    """
  }

  /// Absent members are NULL.
  private static func json(_ event: SystemEvent) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("event_key", .string(event.key.description)), ("kind", .string(event.kind.rawValue)), ("outcome", .string(event.kind.outcome)),
      ("request_id", .string(event.requestID)), ("service", .string(event.service)), ("occurrences", .integer(event.occurrences)),
      ("occurred_at", .string(event.occurredAt.description)),
    ]
    let texts = [
      ("reason", event.reason), ("trace_id", event.traceID), ("caller", event.caller), ("operator_id", event.operatorID),
      ("method", event.method), ("route", event.route),
    ]
    for (name, text) in texts { if let text { members.append((name, .string(text))) } }
    if let status = event.status { members.append(("status", .integer(status))) }
    if let player = event.player { members.append(("player_id", .integer(player.rawValue))) }
    if let detail = event.detail { members.append(("detail", detail)) }
    return .members(members)
  }

  private static func selection(_ scope: SQL, _ filter: SystemEventFilter, before: Int64?, limit: Int) -> SQL {
    """
    SELECT \(columns) FROM cordon.system_event
    WHERE \(scope)
      AND (\(before)::bigint IS NULL OR event_id < \(before))
      AND (\(filter.kind?.rawValue)::text IS NULL OR kind = \(filter.kind?.rawValue))
      AND (\(filter.reason)::text IS NULL OR reason = \(filter.reason))
      AND (\(filter.requestID)::text IS NULL OR request_id = \(filter.requestID))
      AND (\(filter.since)::timestamptz IS NULL OR occurred_at >= \(filter.since))
    ORDER BY event_id DESC
    LIMIT \(Int64(limit))
    """
  }

  private static func records(_ rows: Rows) throws(PostgresError) -> [SystemEventRecord] {
    var records: [SystemEventRecord] = []
    for row in rows { records.append(try SystemEventRecord(row: row)) }
    return records
  }
}
