internal import Contracts

/// The body of an act that only needs its reason.
struct ReasonBody: Codable, JSONSchemaProviding {
  let reason: String

  static let reasonSchema = JSONSchema.string(length: 1...500, pattern: .printable)

  static let jsonSchema = JSONSchema.object(
    name: "Reason", fields: [.required("reason", reasonSchema, "Why, for the audit.")])
}
