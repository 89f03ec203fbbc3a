/// A player's wallet as it is now.
package struct WalletBalancesAnswer: Codable, Hashable, JSONSchemaProviding {
  package let player: Int64
  package let currency: String
  package let total: Int64
  package let balances: [WalletBucketBalance]

  package init(player: Int64, currency: String, total: Int64, balances: [WalletBucketBalance]) {
    self.player = player
    self.currency = currency
    self.total = total
    self.balances = balances
  }

  enum CodingKeys: String, CodingKey {
    case player = "player_id"
    case currency
    case total
    case balances
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletBalances",
    fields: [
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("currency", WalletSchemas.currency, "Currency of all amounts."),
      .required("total", WalletSchemas.amountOrZero, "Sum of the buckets."),
      .required("balances", .array(items: WalletBucketBalance.jsonSchema, countMax: 64), "Every bucket of the topology, in its order."),
    ])
}
