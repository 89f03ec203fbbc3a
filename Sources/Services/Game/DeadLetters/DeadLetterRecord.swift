package import Kernel
internal import Platform
internal import Postgres

/// A row of `game_callback_dead_letter`.
package struct DeadLetterRecord: Hashable, Sendable {
  package let id: Int64
  package let letter: DeadLetter
  package let status: DeadLetterStatus
  package let replayedAt: Timestamp?
  package let replayRequestID: String?
  package let abandonedAt: Timestamp?
  package let notes: String?
  package let createdAt: Timestamp

  init(row: Row) throws(PostgresError) {
    id = try row.get("id")
    letter = DeadLetter(
      id: try row.get("letter_id"), provider: try row.get("provider"), operation: try row.get("operation"), method: try row.get("method"),
      path: try row.get("path"), outboundAccount: try row.get("outbound_account"), reason: try row.get("reason"),
      requestID: try row.get("request_id"), contentType: try row.getOptional("content_type"),
      headers: Self.headers(try row.get("headers", as: JSONText.self)), body: try row.get("raw_body"),
      receivedAt: try row.get("received_at"))
    let status: String = try row.get("replay_status")
    guard let known = DeadLetterStatus(rawValue: status) else {
      throw PostgresError(.decoding, "\(status) is no replay_status", operation: "decode")
    }
    self.status = known
    replayedAt = try row.getOptional("replayed_at")
    replayRequestID = try row.getOptional("replay_request_id")
    abandonedAt = try row.getOptional("abandoned_at")
    notes = try row.getOptional("notes")
    createdAt = try row.get("created_at")
  }

  private static func headers(_ json: JSONText) -> [String: [String]] {
    guard case .object(let members)? = try? JSONDocument.parse(Array(json.text.utf8)) else { return [:] }
    return members.reduce(into: [:]) { headers, member in
      switch member.value {
      case .string(let value): headers[member.name] = [value]
      case .array(let values): headers[member.name] = values.compactMap(\.text)
      default: break
      }
    }
  }
}
