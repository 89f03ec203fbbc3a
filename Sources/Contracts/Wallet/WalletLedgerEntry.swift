/// One posting of the ledger.
package struct WalletLedgerEntry: Codable, Hashable, JSONSchemaProviding {
  package let entry: Int64
  package let requestID: String
  package let command: String
  package let transaction: String?
  package let player: Int64?
  package let account: String
  package let amount: Int64
  package let currency: String
  package let balanceAfter: Int64?
  package let createdAt: String

  package init(
    entry: Int64, requestID: String, command: String, transaction: String? = nil, player: Int64? = nil, account: String, amount: Int64,
    currency: String, balanceAfter: Int64? = nil, createdAt: String
  ) {
    self.entry = entry
    self.requestID = requestID
    self.command = command
    self.transaction = transaction
    self.player = player
    self.account = account
    self.amount = amount
    self.currency = currency
    self.balanceAfter = balanceAfter
    self.createdAt = createdAt
  }

  enum CodingKeys: String, CodingKey {
    case entry = "entry_id"
    case requestID = "request_id"
    case command
    case transaction = "transaction_id"
    case player = "player_id"
    case account
    case amount
    case currency
    case balanceAfter = "balance_after"
    case createdAt = "created_at"
  }

  package static let jsonSchema = JSONSchema.object(
    name: "WalletLedgerEntry",
    fields: [
      .required("entry_id", .identifier, "Grows with every posting."),
      .required("request_id", .text(max: 300), "The command that posted it."),
      .required("command", .text(max: 32), "The command's name."),
      .optional("transaction_id", .uuid, "The transaction it belongs to."),
      .optional("player_id", .identifier, "The player whose command it was."),
      .required(
        "account", .text(max: 80),
        """
        A bucket beside a player, else one of the brand's own accounts: deposits, withdrawals_held, withdrawals, house, bonus, rebates, \
        cashbacks, lossbacks, provider:<name>.
        """),
      .required("amount", WalletSchemas.signedAmount, "Minor units; positive is a gain of the account."),
      .required("currency", WalletSchemas.currency, "Currency of the amount."),
      .optional("balance_after", WalletSchemas.amountOrZero, "The bucket's balance after it."),
      .required("created_at", .timestamp, "When it was posted."),
    ])
}
