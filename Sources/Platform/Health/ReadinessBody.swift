package import Contracts

/// The answer of `/ready`: every check by name, with its result (S4-READY-02).
package struct ReadinessBody: Codable, Sendable, JSONSchemaProviding {
  package struct Check: Codable, Sendable {
    package let name: String
    package let status: String
    package let detail: String?
    package let durationMilliseconds: Int64

    private enum CodingKeys: String, CodingKey {
      case name, status, detail
      case durationMilliseconds = "duration_ms"
    }
  }

  package let role: String
  package let status: String
  package let checks: [Check]

  package static let jsonSchema = JSONSchema.object(
    name: "Readiness",
    fields: [
      .required("role", .text(max: 64), "Process name."),
      .required("status", .choice(["ready", "not_ready"]), "ready only when every check passed."),
      .required("checks", .array(items: checkSchema, countMax: 32), "Each check of this role."),
    ])

  private static let checkSchema = JSONSchema.object(
    name: "ReadinessCheck",
    fields: [
      .required("name", .text(max: 64), "database, migration_head, redis, signing, worker, drain, …"),
      .required("status", .choice(["pass", "fail"]), "Its result."),
      .optional("detail", .text(max: 512), "Why it failed."),
      .required("duration_ms", .integer(0...Int64.max), "How long it took."),
    ])
}
