internal import Composition
internal import Game
internal import Kernel
internal import Platform

/// How dead letters are shown.
enum DlqReport {
  /// The runbook's form, one line whatever the account has in it.
  static func line(_ record: DeadLetterRecord) -> String {
    "#\(record.id) provider=\(DeadLetterTextRules.word(record.letter.provider)) status=\(record.status.rawValue) "
      + "reason=\(DeadLetterTextRules.word(record.letter.reason)) account=\(DeadLetterTextRules.word(record.letter.outboundAccount)) "
      + "created_at=\(record.createdAt)"
  }

  static func json(_ record: DeadLetterRecord) -> JSONValue {
    [
      "id": .integer(record.id), "letter_id": .string("\(record.letter.id)"), "provider": .string(record.letter.provider),
      "operation": .string(record.letter.operation), "replay_status": .string(record.status.rawValue),
      "reason": .string(record.letter.reason), "outbound_account": .string(record.letter.outboundAccount),
      "request_id": .string(record.letter.requestID), "method": .string(record.letter.method), "path": .string(record.letter.path),
      "content_type": optional(record.letter.contentType), "headers": headers(record.letter), "payload": payload(record.letter),
      "received_at": .string("\(record.letter.receivedAt)"), "created_at": .string("\(record.createdAt)"),
      "replayed_at": optional(record.replayedAt.map { "\($0)" }), "replay_request_id": optional(record.replayRequestID),
      "abandoned_at": optional(record.abandonedAt.map { "\($0)" }), "notes": optional(record.notes),
    ]
  }

  static func text(_ record: DeadLetterRecord) -> String {
    let letter = record.letter
    var table = TextTable("FIELD", "VALUE")
    let fields: [(String, String?)] = [
      ("id", "\(record.id)"), ("letter_id", "\(letter.id)"), ("provider", letter.provider), ("operation", letter.operation),
      ("replay_status", record.status.rawValue), ("reason", letter.reason), ("outbound_account", letter.outboundAccount),
      ("request_id", letter.requestID), ("method", letter.method), ("path", letter.path), ("content_type", letter.contentType),
      ("received_at", "\(letter.receivedAt)"), ("created_at", "\(record.createdAt)"),
      ("replayed_at", record.replayedAt.map { "\($0)" }), ("replay_request_id", record.replayRequestID),
      ("abandoned_at", record.abandonedAt.map { "\($0)" }), ("notes", record.notes),
    ]
    for (name, value) in fields { table.add(name, value.map { oneLine($0) } ?? "-") }
    for (name, values) in letter.headers.sorted(by: { $0.key < $1.key }) {
      for value in values { table.add("header \(oneLine(name))", oneLine(value)) }
    }
    return table.text + "\n\n" + body(letter)
  }

  /// What a replay would send, and where (S0-DLQ-07). Nothing is sent.
  static func plan(_ record: DeadLetterRecord, target: String) -> String { "POST \(target)\n\(line(record))\n\n\(body(record.letter))" }

  static func planJSON(_ record: DeadLetterRecord, target: String) -> JSONValue {
    ["method": "POST", "target": .string(target), "dead_letter": json(record)]
  }

  private static func body(_ letter: DeadLetter) -> String {
    guard let text = String(validating: letter.body, as: UTF8.self) else { return "base64url: \(Base64URL.encode(letter.body))" }
    return DeadLetterTextRules.harmless(text)
  }

  /// The JSON itself, else the text, else its bytes.
  private static func payload(_ letter: DeadLetter) -> JSONValue {
    if let value = try? JSONDocument.parse(letter.body) { return value }
    if let text = String(validating: letter.body, as: UTF8.self) { return .string(text) }
    return ["base64url": .string(Base64URL.encode(letter.body))]
  }

  private static func headers(_ letter: DeadLetter) -> JSONValue {
    .members(letter.headers.sorted { $0.key < $1.key }.map { ($0.key, .array($0.value.map { .string($0) })) })
  }

  private static func oneLine(_ text: String) -> String {
    DeadLetterTextRules.harmless(text).split(separator: "\n").joined(separator: "\\n")
  }

  private static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
