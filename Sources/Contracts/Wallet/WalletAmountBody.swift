/// What a player sends to begin a deposit or a withdrawal.
package struct WalletAmountBody: Codable, Hashable, JSONSchemaProviding {
  package let amount: Int64
  package let currency: String

  package init(amount: Int64, currency: String) {
    self.amount = amount
    self.currency = currency
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletAmount",
    fields: [
      .required("amount", WalletSchemas.amount, "Minor units of the currency."),
      .required("currency", WalletSchemas.currency, "Must be the currency of the brand's wallets."),
    ])
}
