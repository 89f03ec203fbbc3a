internal import Contracts

/// Whether an agent may act in the brand.
struct AgentAdmissionBody: Codable, JSONSchemaProviding {
  let status: AgentEntry.Admission
  let reason: String?

  static let jsonSchema = JSONSchema.object(
    name: "AgentAdmission",
    fields: [
      .required("status", .choice(AgentEntry.Admission.allCases.map(\.rawValue)), "enabled admits the agent, disabled refuses."),
      .optional("reason", ReasonBody.reasonSchema, "Why, for the audit."),
    ])
}
