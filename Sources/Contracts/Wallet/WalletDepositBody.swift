/// Money that has arrived: credited at once.
package struct WalletDepositBody: Codable, Hashable, JSONSchemaProviding {
  package let player: Int64
  package let amount: Int64
  package let currency: String

  package init(player: Int64, amount: Int64, currency: String) {
    self.player = player
    self.amount = amount
    self.currency = currency
  }

  enum CodingKeys: String, CodingKey {
    case player = "player_id"
    case amount
    case currency
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletDeposit",
    fields: [
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("amount", WalletSchemas.amount, "Minor units of the currency."),
      .required("currency", WalletSchemas.currency, "Must be the currency of the brand's wallets."),
    ])
}
