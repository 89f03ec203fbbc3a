/// What a wallet command did.
package struct WalletCommandAnswer: Codable, Hashable, JSONSchemaProviding {
  package let command: String
  package let transaction: WalletTransactionEntry?
  package let tombstone: Bool
  package let currency: String
  package let balances: [WalletBucketBalance]

  package init(
    command: String, transaction: WalletTransactionEntry? = nil, tombstone: Bool, currency: String, balances: [WalletBucketBalance]
  ) {
    self.command = command
    self.transaction = transaction
    self.tombstone = tombstone
    self.currency = currency
    self.balances = balances
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletCommandResult",
    fields: [
      .required("command", .text(max: 32), "The command's name."),
      .optional(
        "transaction", WalletTransactionEntry.jsonSchema, "The transaction after the command; absent when a rollback came before its bet."),
      .required("tombstone", .boolean, "True when a rollback of a bet that has not come was kept."),
      .required("currency", WalletSchemas.currency, "Currency of all amounts."),
      .required("balances", .array(items: WalletBucketBalance.jsonSchema, countMax: 64), "Every bucket after the command."),
    ])
}
