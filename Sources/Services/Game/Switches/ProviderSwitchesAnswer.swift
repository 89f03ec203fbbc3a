package import Contracts

/// How every provider stands for the brand of the call.
package struct ProviderSwitchesAnswer: Codable, Hashable, JSONSchemaProviding {
  package let data: [ProviderSwitchAnswer]

  package static let jsonSchema = JSONSchema.object(
    name: "GameProviderStates",
    fields: [.required("data", .array(items: ProviderSwitchAnswer.jsonSchema, countMax: 100), "Each provider.")])
}
