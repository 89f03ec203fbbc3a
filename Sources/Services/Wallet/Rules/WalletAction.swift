/// What a wallet command asks for. Amounts are minor units of the wallet's currency.
package enum WalletAction: Hashable, Sendable {
  /// Money that has arrived already, credited at once: an operator's manual deposit.
  case deposit(amount: Int64)
  /// Money that a player says is on its way; nothing is credited.
  case depositRequest(amount: Int64)
  case depositApprove(transaction: String)
  case depositDecline(transaction: String)
  /// Takes the amount from the withdrawable buckets and holds it.
  case withdrawRequest(amount: Int64)
  case withdrawApprove(transaction: String)
  case withdrawDecline(transaction: String)
  case withdrawPay(transaction: String)
  /// A bet: `reference` is the provider's transaction id.
  case authorize(amount: Int64, provider: String, reference: String, round: String?)
  /// The result of a bet: zero for a lost one.
  case settle(amount: Int64, provider: String, reference: String)
  case rollback(provider: String, reference: String)
  /// An operator's correction: positive or negative, of one bucket, against the house.
  case adjust(amount: Int64, bucket: Bucket)

  /// The stable name in metrics, logs, the ledger and policies.
  package var name: WalletCommandName {
    switch self {
    case .deposit: .deposit
    case .depositRequest: .depositRequest
    case .depositApprove: .depositApprove
    case .depositDecline: .depositDecline
    case .withdrawRequest: .withdrawRequest
    case .withdrawApprove: .withdrawApprove
    case .withdrawDecline: .withdrawDecline
    case .withdrawPay: .withdrawPay
    case .authorize: .authorize
    case .settle: .settle
    case .rollback: .rollback
    case .adjust: .adjust
    }
  }

  /// The earlier transaction that the command is about.
  package var target: WalletTarget? {
    switch self {
    case .deposit, .depositRequest, .withdrawRequest, .adjust: nil
    case .depositApprove(let id), .depositDecline(let id): .transaction(id)
    case .withdrawApprove(let id), .withdrawDecline(let id), .withdrawPay(let id): .transaction(id)
    case .authorize(_, let provider, let reference, _), .settle(_, let provider, let reference), .rollback(let provider, let reference):
      .bet(provider: provider, reference: reference)
    }
  }
}
