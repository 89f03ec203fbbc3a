/// A bet, as a provider reports it.
package struct WalletAuthorizeBody: Codable, Hashable, JSONSchemaProviding {
  package let player: Int64
  package let amount: Int64
  package let currency: String
  package let provider: String
  package let reference: String
  package let round: String?

  package init(player: Int64, amount: Int64, currency: String, provider: String, reference: String, round: String? = nil) {
    self.player = player
    self.amount = amount
    self.currency = currency
    self.provider = provider
    self.reference = reference
    self.round = round
  }

  enum CodingKeys: String, CodingKey {
    case player = "player_id"
    case amount
    case currency
    case provider
    case reference
    case round
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletAuthorize",
    fields: [
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("amount", WalletSchemas.amount, "Minor units of the currency."),
      .required("currency", WalletSchemas.currency, "Must be the currency of the brand's wallets."),
      .required("provider", WalletSchemas.provider, "The game provider's short name."),
      .required("reference", WalletSchemas.reference, "The provider's own id of the bet."),
      .optional("round", WalletSchemas.reference, "The provider's id of the round."),
    ])
}
