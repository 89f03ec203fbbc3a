/// An operator's correction of one bucket.
package struct WalletAdjustBody: Codable, Hashable, JSONSchemaProviding {
  package let player: Int64
  package let amount: Int64
  package let currency: String
  package let bucket: String
  package let reason: String

  package init(player: Int64, amount: Int64, currency: String, bucket: String, reason: String) {
    self.player = player
    self.amount = amount
    self.currency = currency
    self.bucket = bucket
    self.reason = reason
  }

  enum CodingKeys: String, CodingKey {
    case player = "player_id"
    case amount
    case currency
    case bucket
    case reason
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletAdjust",
    fields: [
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("amount", WalletSchemas.signedAmount, "Minor units; negative takes away."),
      .required("currency", WalletSchemas.currency, "Must be the currency of the brand's wallets."),
      .required("bucket", WalletSchemas.bucket, "The bucket to correct."),
      .required("reason", .string(length: 1...500, pattern: .printable), "Why, for the audit."),
    ])
}
