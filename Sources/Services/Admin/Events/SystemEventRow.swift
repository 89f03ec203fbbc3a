internal import Audit
internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres

/// A system event, for operators.
struct SystemEventRow: JSONReplyBody {
  let record: SystemEventRecord
  private let detail: JSONValue

  init(_ record: SystemEventRecord) throws {
    self.record = record
    detail = try record.detail.map { try JSONDocument.parse(Array($0.text.utf8)) } ?? .null
  }

  var json: JSONValue {
    let what: [(String, JSONValue)] = [
      ("event_id", .init(record.id)), ("brand_id", Self.number(record.brand?.rawValue)), ("kind", .string(record.kind)),
      ("outcome", .string(record.outcome)), ("reason", .init(record.reason)), ("status", Self.number(record.status)),
      ("request_id", .string(record.requestID)), ("trace_id", .init(record.traceID)), ("service", .string(record.service)),
    ]
    let who: [(String, JSONValue)] = [
      ("caller", .init(record.caller)), ("operator_id", .init(record.operatorID)), ("player_id", Self.number(record.player)),
      ("method", .init(record.method)), ("route", .init(record.route)), ("occurrences", .init(record.occurrences)), ("detail", detail),
      ("occurred_at", .string(record.occurredAt.description)), ("created_at", .string(record.createdAt.description)),
    ]
    return .members(what + who)
  }

  private static func number(_ number: Int64?) -> JSONValue { number.map { .init($0) } ?? .null }

  static let jsonSchema = JSONSchema.object(
    name: "SystemEvent",
    fields: [
      .required("event_id", .identifier, "Number of the row, ascending."),
      .required("brand_id", .nullable(.identifier), "The brand; null where none was established."),
      .required("kind", .choice(SystemEventKind.allCases.map(\.rawValue)), "What kind of thing happened."),
      .required("outcome", .text(max: 16), "denied, failed, dropped or done."),
      .required("reason", .nullable(.text(max: 64)), "The stable reason, as the answer had it."),
      .required("status", .nullable(.integer(100...599)), "HTTP status of the answer."),
      .required("request_id", .text(max: Limits.requestIDCharactersMax), "The request, as its answer and the logs have it."),
      .required("trace_id", .nullable(.text(max: 32)), "The trace that it belongs to."),
      .required("service", .text(max: 64), "The role that refused, or the program that did something."),
      .required("caller", .nullable(.text(max: 32)), "The service that asked, where its token proved it."),
      .required("operator_id", .nullable(.text(max: Limits.operatorIDCharactersMax)), "The operator."),
      .required("player_id", .nullable(.identifier), "The player."),
      .required("method", .nullable(.text(max: 16)), "HTTP method."),
      .required("route", .nullable(.text(max: 256)), "The declared path, never the path as it came."),
      .required("occurrences", .identifier, "How many requests it stands for."),
      .required("detail", .any, "More of it, where the kind has more."),
      .required("occurred_at", .timestamp, "When it happened."),
      .required("created_at", .timestamp, "When it was written."),
    ])
}
