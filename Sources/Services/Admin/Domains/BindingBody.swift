internal import Contracts

/// What a host is to be bound to: an agent or a level of the brand that the request names.
struct BindingBody: Codable, JSONSchemaProviding {
  let agent: Int64?
  let level: Int64?
  let reason: String?

  enum CodingKeys: String, CodingKey {
    case agent = "agent_id"
    case level = "level_id"
    case reason
  }

  static let jsonSchema = JSONSchema.object(
    name: "Binding",
    fields: [
      .optional("agent_id", .identifier, "The agent whose storefront it is. Either this or level_id."),
      .optional("level_id", .identifier, "The player level that it is for. Either this or agent_id."),
      .optional("reason", ReasonBody.reasonSchema, "Why, for the audit."),
    ])
}
