/// The result of a bet.
package struct WalletSettleBody: Codable, Hashable, JSONSchemaProviding {
  package let player: Int64
  package let amount: Int64
  package let currency: String
  package let provider: String
  package let reference: String

  package init(player: Int64, amount: Int64, currency: String, provider: String, reference: String) {
    self.player = player
    self.amount = amount
    self.currency = currency
    self.provider = provider
    self.reference = reference
  }

  enum CodingKeys: String, CodingKey {
    case player = "player_id"
    case amount
    case currency
    case provider
    case reference
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletSettle",
    fields: [
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("amount", WalletSchemas.amountOrZero, "Minor units of the currency; zero for a lost bet."),
      .required("currency", WalletSchemas.currency, "Must be the currency of the brand's wallets."),
      .required("provider", WalletSchemas.provider, "The game provider's short name."),
      .required("reference", WalletSchemas.reference, "The provider's own id of the bet."),
    ])
}
