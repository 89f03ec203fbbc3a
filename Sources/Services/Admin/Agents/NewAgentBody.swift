internal import Contracts

/// An agent to add, admitted in the brand of the request.
struct NewAgentBody: Codable, JSONSchemaProviding {
  let name: String
  let reason: String?

  static let jsonSchema = JSONSchema.object(
    name: "NewAgent",
    fields: [
      .required("name", NewBrandBody.nameSchema, "The agent's name."),
      .optional("reason", ReasonBody.reasonSchema, "Why, for the audit."),
    ])
}
