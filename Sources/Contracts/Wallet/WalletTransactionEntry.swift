/// A deposit, withdrawal, bet, bonus or another business object that commands move.
package struct WalletTransactionEntry: Codable, Hashable, JSONSchemaProviding {
  package let id: String
  package let player: Int64
  package let kind: String
  package let state: String
  package let amount: Int64
  package let currency: String
  package let settledAmount: Int64?
  package let provider: String?
  package let reference: String?
  package let round: String?
  package let requirement: Int64?
  package let createdAt: String

  package init(
    id: String, player: Int64, kind: String, state: String, amount: Int64, currency: String, settledAmount: Int64? = nil,
    provider: String? = nil, reference: String? = nil, round: String? = nil, requirement: Int64? = nil, createdAt: String
  ) {
    self.id = id
    self.player = player
    self.kind = kind
    self.state = state
    self.amount = amount
    self.currency = currency
    self.settledAmount = settledAmount
    self.provider = provider
    self.reference = reference
    self.round = round
    self.requirement = requirement
    self.createdAt = createdAt
  }

  enum CodingKeys: String, CodingKey {
    case id = "transaction_id"
    case player = "player_id"
    case kind
    case state
    case amount
    case currency
    case settledAmount = "settled_amount"
    case provider
    case reference
    case round
    case requirement
    case createdAt = "created_at"
  }

  package static let kinds = ["deposit", "withdraw", "bet", "adjust", "bonus", "rebate", "cashback", "lossback", "transfer"]
  package static let states = [
    "pending", "requested", "approved", "declined", "paid", "authorized", "settled", "rolled_back", "applied", "granted", "converted",
    "completed", "forfeited",
  ]

  package static let jsonSchema = JSONSchema.object(
    name: "WalletTransaction",
    fields: [
      .required("transaction_id", .uuid, "Cordon's id of it."),
      .required("player_id", .identifier, "The player, in the brand of the call."),
      .required("kind", .choice(kinds), "What it is."),
      .required("state", .choice(states), "Where it stands."),
      .required("amount", WalletSchemas.signedAmount, "Minor units; signed for adjustments."),
      .required("currency", WalletSchemas.currency, "Must be the currency of the brand's wallets."),
      .optional("settled_amount", WalletSchemas.amountOrZero, "What a settled bet has paid, or what a closed bonus moved."),
      .optional("provider", WalletSchemas.provider, "Of a bet: the game provider."),
      .optional("reference", WalletSchemas.reference, "Of a bet: the provider's id."),
      .optional("round", WalletSchemas.reference, "The provider's id of the round."),
      .optional("requirement", WalletSchemas.amountOrZero, "Of a bonus: the turnover in minor units that it asks for."),
      .required("created_at", .timestamp, "When it began."),
    ])
}
