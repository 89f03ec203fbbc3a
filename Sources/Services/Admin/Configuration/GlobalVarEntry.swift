internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres

/// A setting of the whole platform.
struct GlobalVarEntry: JSONReplyBody, Hashable {
  let key: String
  let value: JSONValue
  let updatedBy: String
  let updatedAt: Timestamp

  init(row: Row) throws {
    key = try row.get("key")
    let text: JSONText = try row.get("value")
    value = try JSONDocument.parse(Array(text.text.utf8))
    updatedBy = try row.get("updated_by")
    updatedAt = try row.get("updated_at")
  }

  var json: JSONValue {
    [
      "key": .string(key), "value": value, "updated_by": .string(updatedBy), "updated_at": .string(updatedAt.description),
    ]
  }

  static let jsonSchema = JSONSchema.object(
    name: "GlobalVar",
    fields: [
      .required("key", ConfigurationRules.keySchema, "The setting."),
      .required("value", .any, "Its value for all brands."),
      .required("updated_by", .text(max: Limits.operatorIDCharactersMax), "Super-admin who wrote it."),
      .required("updated_at", .timestamp, "When."),
    ])
}
