/// A bet that a player places on the brand's own game.
package struct WalletBetBody: Codable, Hashable, JSONSchemaProviding {
  package let amount: Int64
  package let currency: String
  package let round: String?

  package init(amount: Int64, currency: String, round: String? = nil) {
    self.amount = amount
    self.currency = currency
    self.round = round
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletBet",
    fields: [
      .required("amount", WalletSchemas.amount, "Minor units of the currency."),
      .required("currency", WalletSchemas.currency, "Must be the currency of the brand's wallets."),
      .optional("round", WalletSchemas.reference, "The provider's id of the round."),
    ])
}
