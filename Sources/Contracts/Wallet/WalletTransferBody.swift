/// Money that moves between two buckets of a player.
package struct WalletTransferBody: Codable, Hashable, JSONSchemaProviding {
  package let player: Int64
  package let amount: Int64
  package let currency: String
  package let from: String
  package let to: String

  package init(player: Int64, amount: Int64, currency: String, from: String, to: String) {
    self.player = player
    self.amount = amount
    self.currency = currency
    self.from = from
    self.to = to
  }

  enum CodingKeys: String, CodingKey {
    case player = "player_id"
    case amount
    case currency
    case from
    case to
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletTransfer",
    fields: [
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("amount", WalletSchemas.amount, "Minor units of the currency."),
      .required("currency", WalletSchemas.currency, "Must be the currency of the brand's wallets."),
      .required("from", WalletSchemas.bucket, "The bucket that gives."),
      .required("to", WalletSchemas.bucket, "The bucket that gains."),
    ])
}
