package import Contracts

/// The answer of `/health`: the process is alive, and what it runs as. It asks nobody else, so it is true when everything else
/// is down (S4-READY-01).
package struct HealthBody: Codable, Sendable, JSONSchemaProviding {
  package let role: String
  package let status: String
  package let environment: String
  package let version: String
  package let commit: String
  package let enforcementMode: String
  /// Nil from a process of an earlier release.
  package let enforcementOverrides: [String]?
  package let uptimeSeconds: Int64
  package let draining: Bool
  package let acceptedKeyIDs: [String]
  package let frozenTables: [String]
  package let freezeUnknownTables: [String]
  /// What an operator should know although the process is alive and may serve.
  package let warnings: [String]

  package static let warningsMax = 32

  private enum CodingKeys: String, CodingKey {
    case role, status, environment, version, commit, draining, warnings
    case enforcementMode = "enforcement_mode"
    case enforcementOverrides = "enforcement_overrides"
    case uptimeSeconds = "uptime_seconds"
    case acceptedKeyIDs = "accepted_kids"
    case frozenTables = "frozen_tables"
    case freezeUnknownTables = "freeze_unknown_tables"
  }

  package static let jsonSchema = JSONSchema.object(
    name: "Health",
    fields: [
      .required("role", .text(max: 64), "Process name."),
      .required("status", .choice(["ok"]), "Alive. Whether it can serve is what /ready says."),
      .required("environment", .text(max: 64), "Label of the environment."),
      .required("version", .text(max: 64), "Version of the program."),
      .required("commit", .text(max: 64), "Commit of the program."),
      .required("enforcement_mode", .choice(["off", "observe", "enforce"]), "What a failed brand check does (S0-SVC-02)."),
      .required(
        "enforcement_overrides", .array(items: .text(max: 64), countMax: 16),
        "Callers whose violations are counted and not refused, each with the end of that."),
      .required("uptime_seconds", .integer(0...Int64.max), "Since the role started."),
      .required("draining", .boolean, "Whether the process is going down."),
      .required("accepted_kids", .array(items: .text(max: 128), countMax: 64), "Key ids that tokens are accepted under."),
      .required(
        "warnings", .array(items: .text(max: 2048), countMax: warningsMax),
        "What an operator should know although the process is alive: broken invariants of a brand."),
      .required("frozen_tables", .array(items: .text(max: 64), countMax: 512), "Tables that take no writes now (S0-FRZ)."),
      .required(
        "freeze_unknown_tables", .array(items: .text(max: 64), countMax: 512),
        "Tables whose freeze Redis can't be asked for; the last answer counts."),
    ])
}
