package import Kernel
internal import Postgres

/// A row of an outbox, as operators see it.
package struct OutboxLetter: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    case waiting
    case dead
    case published
  }

  package let id: UUIDv7
  package let brand: BrandID
  package let type: String
  /// JSON text as the database prints it.
  package let payload: String
  package let attempts: Int32
  package let lastError: String?
  package let createdAt: Timestamp
  package let publishedAt: Timestamp?
  package let deadLetteredAt: Timestamp?

  init(row: Row) throws(PostgresError) {
    id = try row.get("event_id")
    brand = try row.get("brand_id")
    type = try row.get("event_type")
    payload = try row.get("payload")
    attempts = try row.get("attempts")
    lastError = try row.getOptional("last_error")
    createdAt = try row.get("created_at")
    publishedAt = try row.getOptional("published_at")
    deadLetteredAt = try row.getOptional("dead_lettered_at")
  }

  package var state: State {
    if publishedAt != nil { return .published }
    return deadLetteredAt == nil ? .waiting : .dead
  }

  /// Why the event could not be published with this payload; nil when it could.
  package func fault(with payload: String) -> String? {
    OutboxPayload.fault(in: payload, event: id.description, brand: brand)
  }
}
