internal import Kernel
internal import Postgres

/// One row of an outbox that waits to be published.
struct OutboxEvent: Sendable {
  /// The row's `event_id` in its text form.
  let id: String
  let type: String
  let payload: String
  let attempts: Int32

  init(row: Row) throws(PostgresError) {
    id = try row.get("event_id")
    type = try row.get("event_type")
    payload = try row.get("payload")
    attempts = try row.get("attempts")
  }

  /// Why the event can't be published for the brand, if it can't: consumers rely on these members.
  func fault(for brand: BrandID) -> String? {
    type.isEmpty ? "the event has no type" : OutboxPayload.fault(in: payload, event: id, brand: brand)
  }
}
