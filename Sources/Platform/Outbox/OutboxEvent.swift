internal import Postgres

/// One row of an outbox that waits to be published.
struct OutboxEvent: Sendable {
  let id: UUIDText
  let type: String
  let payload: String
  let attempts: Int32

  /// The row's `event_id` in its text form.
  typealias UUIDText = String

  init(row: Row) throws(PostgresError) {
    id = try row.get("event_id")
    type = try row.get("event_type")
    payload = try row.get("payload")
    attempts = try row.get("attempts")
  }

  /// Why the event can't be published, if it can't: consumers rely on these members.
  var fault: String? {
    if type.isEmpty { return "the event has no type" }
    guard let members = OutboxPayload(json: payload) else { return "the payload is not a JSON object" }
    if members.brandID == nil { return "the payload has no brand_id" }
    return members.eventID == id ? nil : "the payload's event_id is not the row's"
  }
}
