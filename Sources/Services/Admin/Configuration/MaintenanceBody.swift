internal import Contracts
internal import Platform

/// Whether the platform is under maintenance, and what people are told.
struct MaintenanceBody: Codable, JSONSchemaProviding {
  /// The `global_var` that holds it.
  static let key = "maintenance"

  let enabled: Bool
  let message: String?
  let reason: String?

  var value: JSONValue { ["enabled": .boolean(enabled), "message": .init(message)] }

  static let jsonSchema = JSONSchema.object(
    name: "Maintenance",
    fields: [
      .required("enabled", .boolean, "True while it lasts."),
      .optional("message", .string(length: 1...500, pattern: .printable), "What people are told."),
      .optional("reason", ReasonBody.reasonSchema, "Why, for the audit."),
    ])
}
