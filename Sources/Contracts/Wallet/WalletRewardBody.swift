/// Money that the brand owes a player: a rebate, cashback or lossback.
package struct WalletRewardBody: Codable, Hashable, JSONSchemaProviding {
  package let player: Int64
  package let amount: Int64
  package let currency: String
  package let reason: String?

  package init(player: Int64, amount: Int64, currency: String, reason: String? = nil) {
    self.player = player
    self.amount = amount
    self.currency = currency
    self.reason = reason
  }

  enum CodingKeys: String, CodingKey {
    case player = "player_id"
    case amount
    case currency
    case reason
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletReward",
    fields: [
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("amount", WalletSchemas.amount, "Minor units of the currency."),
      .required("currency", WalletSchemas.currency, "Must be the currency of the brand's wallets."),
      .optional("reason", .string(length: 1...500, pattern: .printable), "Why, for the books."),
    ])
}
