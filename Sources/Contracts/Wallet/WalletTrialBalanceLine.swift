/// One account of a trial balance.
package struct WalletTrialBalanceLine: Codable, Hashable, JSONSchemaProviding {
  package let currency: String
  package let side: String
  package let account: String
  package let entries: Int64
  package let balance: Int64

  package init(currency: String, side: String, account: String, entries: Int64, balance: Int64) {
    self.currency = currency
    self.side = side
    self.account = account
    self.entries = entries
    self.balance = balance
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletTrialBalanceLine",
    fields: [
      .required("currency", WalletSchemas.currency, "Currency of the balance."),
      .required("side", .choice(["players", "brand"]), "Whose account it is."),
      .required("account", .text(max: 80), "The bucket, or the brand's own account."),
      .required("entries", .integer(0...Int64.max), "How many postings it has."),
      .required("balance", .integer(Int64.min...Int64.max), "Their sum in minor units."),
    ])
}
