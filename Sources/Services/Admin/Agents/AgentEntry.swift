internal import Contracts
internal import Kernel
internal import Platform
internal import Postgres

/// An agent as one brand sees it.
struct AgentEntry: JSONReplyBody, Hashable {
  /// `agent_brand.status`.
  enum Admission: String, Codable, CaseIterable {
    case enabled
    case disabled
  }

  let id: Int64
  let name: String
  let admission: Admission
  let updatedAt: Timestamp

  /// A row with agent_id and name of the agent, and status and updated_at of its admission.
  init(row: Row) throws(PostgresError) {
    id = try row.get("agent_id")
    name = try row.get("name")
    admission = try row.get("status", as: String.self) == Admission.enabled.rawValue ? .enabled : .disabled
    updatedAt = try row.get("updated_at")
  }

  var json: JSONValue {
    [
      "agent_id": .init(id), "name": .string(name), "status": .string(admission.rawValue), "updated_at": .string(updatedAt.description),
    ]
  }

  static let jsonSchema = JSONSchema.object(
    name: "Agent",
    fields: [
      .required("agent_id", .identifier, "Number of the agent, the same in all brands."),
      .required("name", .text(max: 64), "The agent's name."),
      .required("status", .choice(Admission.allCases.map(\.rawValue)), "Whether the agent may act in this brand."),
      .required("updated_at", .timestamp, "When that last changed."),
    ])
}
