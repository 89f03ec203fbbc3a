package import Kernel
package import Postgres

/// A row of `cordon.system_event`.
package struct SystemEventRecord: Hashable, Sendable {
  package let id: Int64
  /// Nil where no brand was established.
  package let brand: BrandID?
  package let kind: String
  package let outcome: String
  package let reason: String?
  package let status: Int64?
  package let requestID: String
  package let traceID: String?
  package let service: String
  package let caller: String?
  package let operatorID: String?
  package let player: Int64?
  package let method: String?
  package let route: String?
  package let occurrences: Int64
  package let detail: JSONText?
  package let occurredAt: Timestamp
  package let createdAt: Timestamp

  init(row: Row) throws(PostgresError) {
    id = try row.get("event_id")
    brand = try row.getOptional("brand_id")
    kind = try row.get("kind")
    outcome = try row.get("outcome")
    reason = try row.getOptional("reason")
    status = try row.getOptional("status")
    requestID = try row.get("request_id")
    traceID = try row.getOptional("trace_id")
    service = try row.get("service")
    caller = try row.getOptional("caller")
    operatorID = try row.getOptional("operator_id")
    player = try row.getOptional("player_id")
    method = try row.getOptional("method")
    route = try row.getOptional("route")
    occurrences = try row.get("occurrences")
    detail = try row.getOptional("detail")
    occurredAt = try row.get("occurred_at")
    createdAt = try row.get("created_at")
  }
}
