/// A bonus for a player.
package struct WalletBonusGrantBody: Codable, Hashable, JSONSchemaProviding {
  package let player: Int64
  package let amount: Int64
  package let currency: String
  package let requirement: Int64

  package init(player: Int64, amount: Int64, currency: String, requirement: Int64) {
    self.player = player
    self.amount = amount
    self.currency = currency
    self.requirement = requirement
  }

  enum CodingKeys: String, CodingKey {
    case player = "player_id"
    case amount
    case currency
    case requirement
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletBonusGrant",
    fields: [
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("amount", WalletSchemas.amount, "Minor units of the currency."),
      .required("currency", WalletSchemas.currency, "Must be the currency of the brand's wallets."),
      .required("requirement", WalletSchemas.amountOrZero, "The turnover in minor units that rolling must complete; zero for none."),
    ])
}
