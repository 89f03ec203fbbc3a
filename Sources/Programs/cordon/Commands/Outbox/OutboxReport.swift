internal import Kernel
internal import Platform

/// How events of an outbox are shown.
enum OutboxReport {
  static func json(_ letter: OutboxLetter) -> JSONValue {
    [
      "event_id": .string("\(letter.id)"), "brand_id": .number("\(letter.brand)"), "event_type": .string(letter.type),
      "state": .string(letter.state.rawValue), "attempts": .number("\(letter.attempts)"),
      "last_error": letter.lastError.map { .string($0) } ?? .null, "created_at": .string("\(letter.createdAt)"),
      "published_at": letter.publishedAt.map { .string("\($0)") } ?? .null,
      "dead_lettered_at": letter.deadLetteredAt.map { .string("\($0)") } ?? .null, "payload": payload(letter),
    ]
  }

  static func text(_ letter: OutboxLetter) -> String {
    var table = TextTable("FIELD", "VALUE")
    table.add("event_id", "\(letter.id)")
    table.add("brand_id", "\(letter.brand)")
    table.add("event_type", letter.type)
    table.add("state", letter.state.rawValue)
    table.add("attempts", "\(letter.attempts)")
    table.add("last_error", letter.lastError ?? "-")
    table.add("created_at", "\(letter.createdAt)")
    table.add("payload", letter.payload)
    return table.text
  }

  static func text(_ letters: [OutboxLetter]) -> String {
    var table = TextTable("BRAND", "EVENT", "TYPE", "STATE", "ATTEMPTS", "CREATED", "LAST ERROR")
    for letter in letters {
      table.add(
        "\(letter.brand)", "\(letter.id)", letter.type, letter.state.rawValue, "\(letter.attempts)", "\(letter.createdAt)",
        letter.lastError ?? "-")
    }
    return table.text
  }

  /// As it stands in the row; as text where it isn't JSON that the strict reader takes.
  private static func payload(_ letter: OutboxLetter) -> JSONValue {
    (try? JSONDocument.parse(Array(letter.payload.utf8))) ?? .string(letter.payload)
  }
}
