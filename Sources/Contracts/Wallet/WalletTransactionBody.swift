/// A step of a deposit, withdrawal or bonus that exists.
package struct WalletTransactionBody: Codable, Hashable, JSONSchemaProviding {
  package let player: Int64
  package let transaction: String

  package init(player: Int64, transaction: String) {
    self.player = player
    self.transaction = transaction
  }

  enum CodingKeys: String, CodingKey {
    case player = "player_id"
    case transaction = "transaction_id"
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletTransaction",
    fields: [
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("transaction_id", .uuid, "The transaction, as an earlier answer named it."),
    ])
}
