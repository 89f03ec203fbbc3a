internal import Audit
internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres

/// A row of the audit, for operators.
struct AuditRow: JSONReplyBody {
  let record: AuditRecord
  private let oldValue: JSONValue
  private let newValue: JSONValue

  init(_ record: AuditRecord) throws {
    self.record = record
    oldValue = try record.oldValue.map { try JSONDocument.parse(Array($0.text.utf8)) } ?? .null
    newValue = try record.newValue.map { try JSONDocument.parse(Array($0.text.utf8)) } ?? .null
  }

  var json: JSONValue {
    [
      "audit_id": .init(record.id), "brand_id": record.brand.map { .init($0.rawValue) } ?? .null, "operator_id": .string(record.operatorID),
      "action": .string(record.action), "resource": .string(record.resource), "resource_key": .string(record.resourceKey),
      "old_value": oldValue, "new_value": newValue, "reason": .init(record.reason), "request_id": .init(record.requestID),
      "created_at": .string(record.createdAt.description),
    ]
  }

  static let jsonSchema = JSONSchema.object(
    name: "AuditRow",
    fields: [
      .required("audit_id", .identifier, "Number of the row, ascending."),
      .required("brand_id", .nullable(.identifier), "The brand acted on; null for an act on the platform."),
      .required("operator_id", .text(max: Limits.operatorIDCharactersMax), "Who."),
      .required("action", .text(max: 64), "What, in capitals."),
      .required("resource", .text(max: 64), "The kind of thing."),
      .required("resource_key", .text(max: 512), "Which of them."),
      .required("old_value", .any, "The value before; null when there was none."),
      .required("new_value", .any, "The value after; null when it was removed."),
      .required("reason", .nullable(.text(max: 1000)), "The operator's reason."),
      .required("request_id", .nullable(.text(max: Limits.requestIDCharactersMax)), "Request that carried it."),
      .required("created_at", .timestamp, "When."),
    ])
}
