internal import Contracts

/// Which write of brand configuration to take back.
struct RevertBody: Codable, JSONSchemaProviding {
  let audit: Int64
  let reason: String

  enum CodingKeys: String, CodingKey {
    case audit = "audit_id"
    case reason
  }

  static let jsonSchema = JSONSchema.object(
    name: "ConfigurationReversion",
    fields: [
      .required("audit_id", .identifier, "The row of admin_audit about the write; its old value comes back."),
      .required("reason", ReasonBody.reasonSchema, "Why, for the audit."),
    ])
}
