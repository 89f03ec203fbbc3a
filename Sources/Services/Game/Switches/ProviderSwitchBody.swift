package import Contracts
internal import Kernel

/// What an operator says about a provider.
package struct ProviderSwitchBody: Codable, Hashable, JSONSchemaProviding {
  package let enabled: Bool
  package let maintenance: Bool
  package let operatorID: String
  package let reason: String

  enum CodingKeys: String, CodingKey {
    case enabled
    case maintenance
    case operatorID = "operator_id"
    case reason
  }

  package static let jsonSchema = JSONSchema.object(
    name: "GameProviderSwitch",
    fields: [
      .required("enabled", .boolean, "False: no game opens, and bets are refused."),
      .required("maintenance", .boolean, "True: no game opens, and bets are put off."),
      .required("operator_id", .string(length: 1...Limits.operatorIDCharactersMax, pattern: .printable), "Who says so."),
      .required("reason", .string(length: 1...500, pattern: .printable), "Why."),
    ])
}
