internal import Audit
internal import Kernel
internal import Platform
internal import Postgres

/// How system events are shown.
enum EventsReport {
  static func json(_ event: SystemEventRecord) -> JSONValue {
    let what: [(String, JSONValue)] = [
      ("event_id", .integer(event.id)), ("brand_id", number(event.brand?.rawValue)), ("kind", .string(event.kind)),
      ("outcome", .string(event.outcome)), ("reason", text(event.reason)), ("status", number(event.status)),
      ("request_id", .string(event.requestID)), ("trace_id", text(event.traceID)), ("service", .string(event.service)),
    ]
    let who: [(String, JSONValue)] = [
      ("caller", text(event.caller)), ("operator_id", text(event.operatorID)), ("player_id", number(event.player)),
      ("method", text(event.method)), ("route", text(event.route)), ("occurrences", .integer(event.occurrences)),
      ("detail", detail(event)), ("occurred_at", .string("\(event.occurredAt)")), ("created_at", .string("\(event.createdAt)")),
    ]
    return .members(what + who)
  }

  static func text(_ events: [SystemEventRecord]) -> String {
    var table = TextTable("EVENT", "OCCURRED", "BRAND", "SERVICE", "KIND", "REASON", "STATUS", "ROUTE", "WHO", "REQUEST")
    for event in events {
      let route = event.route.map { "\(event.method ?? "-") \($0)" } ?? "-"
      table.add(
        "\(event.id)", "\(event.occurredAt)", event.brand.map { "\($0)" } ?? "-", event.service, event.kind,
        (event.reason ?? "-") + (event.occurrences > 1 ? " (\(event.occurrences))" : ""), event.status.map { "\($0)" } ?? "-", route,
        event.operatorID ?? event.player.map { "player \($0)" } ?? event.caller ?? "-", event.requestID)
    }
    return table.text
  }

  static func text(_ event: SystemEventRecord) -> String {
    var table = TextTable("FIELD", "VALUE")
    guard case .object(let members) = json(event) else { return table.text }
    for member in members where member.value != .null { table.add(member.name, member.value.text ?? JSONWriter.text(of: member.value)) }
    return table.text
  }

  private static func number(_ number: Int64?) -> JSONValue { number.map { .integer($0) } ?? .null }

  private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// As it stands in the row; as text where it isn't JSON that the strict reader takes.
  private static func detail(_ event: SystemEventRecord) -> JSONValue {
    event.detail.map { detail in (try? JSONDocument.parse(Array(detail.text.utf8))) ?? .string(detail.text) } ?? .null
  }
}
