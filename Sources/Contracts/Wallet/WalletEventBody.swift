/// An event of the stream `wallet:events`: one per accepted wallet command. Consumers drop an `event_id` that they have seen.
package struct WalletEventBody: Codable, Hashable, Sendable {
  package struct Posting: Codable, Hashable, Sendable {
    package let account: String
    package let amount: Int64
    package let balanceAfter: Int64?

    package init(account: String, amount: Int64, balanceAfter: Int64?) {
      self.account = account
      self.amount = amount
      self.balanceAfter = balanceAfter
    }

    enum CodingKeys: String, CodingKey {
      case account
      case amount
      case balanceAfter = "balance_after"
    }
  }

  package let event: String
  package let type: String
  package let version: Int
  package let brand: Int64
  package let brandCode: String
  package let request: String
  package let player: Int64
  package let transaction: WalletTransactionEntry?
  package let currency: String
  package let postings: [Posting]
  package let occurredAt: String

  package init(
    event: String, type: String, version: Int, brand: Int64, brandCode: String, request: String, player: Int64,
    transaction: WalletTransactionEntry?, currency: String, postings: [Posting], occurredAt: String
  ) {
    self.event = event
    self.type = type
    self.version = version
    self.brand = brand
    self.brandCode = brandCode
    self.request = request
    self.player = player
    self.transaction = transaction
    self.currency = currency
    self.postings = postings
    self.occurredAt = occurredAt
  }

  enum CodingKeys: String, CodingKey {
    case event = "event_id"
    case type = "event_type"
    case version
    case brand = "brand_id"
    case brandCode = "brand_code"
    case request = "request_id"
    case player = "player_id"
    case transaction
    case currency
    case postings
    case occurredAt = "occurred_at"
  }
}
