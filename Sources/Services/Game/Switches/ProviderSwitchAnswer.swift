package import Contracts
internal import Kernel

/// How a provider stands for the brand of the call.
package struct ProviderSwitchAnswer: Codable, Hashable, JSONSchemaProviding {
  package let provider: String
  package let enabled: Bool
  package let maintenance: Bool
  package let updatedBy: String?
  package let updatedAt: String?

  init(_ record: ProviderSwitchRecord) {
    provider = record.provider
    enabled = record.enabled
    maintenance = record.maintenance
    updatedBy = record.updatedBy
    updatedAt = record.updatedAt?.description
  }

  enum CodingKeys: String, CodingKey {
    case provider
    case enabled
    case maintenance
    case updatedBy = "updated_by"
    case updatedAt = "updated_at"
  }

  package static let jsonSchema = JSONSchema.object(
    name: "GameProviderState",
    fields: [
      .required("provider", LaunchBody.providerSchema, "The game provider's short name."),
      .required("enabled", .boolean, "Whether games open and bets are taken."),
      .required("maintenance", .boolean, "Whether bets are put off for now."),
      .optional("updated_by", .text(max: 128), "Who said so last."),
      .optional("updated_at", .timestamp, "When."),
    ])
}
