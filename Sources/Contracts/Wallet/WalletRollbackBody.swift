/// A bet that must be undone, whether it has arrived or not.
package struct WalletRollbackBody: Codable, Hashable, JSONSchemaProviding {
  package let player: Int64
  package let provider: String
  package let reference: String

  package init(player: Int64, provider: String, reference: String) {
    self.player = player
    self.provider = provider
    self.reference = reference
  }

  enum CodingKeys: String, CodingKey {
    case player = "player_id"
    case provider
    case reference
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletRollback",
    fields: [
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("provider", WalletSchemas.provider, "The game provider's short name."),
      .required("reference", WalletSchemas.reference, "The provider's own id of the bet."),
    ])
}
