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
  /// Money of the brand for the bonus bucket. `requirement` is the turnover that rolling must complete; the wallet keeps it and doesn't judge it.
  case bonusGrant(amount: Int64, requirement: Int64)
  /// What is left of a granted bonus becomes the player's own: an operator's or the promotion service's act.
  case bonusConvert(transaction: String)
  /// What is left of a granted bonus goes back to the brand.
  case bonusForfeit(transaction: String)
  /// The turnover of a granted bonus is complete: the rolling service's act. Moves what ``bonusConvert(transaction:)`` does.
  case rollingComplete(transaction: String)
  /// Money that the brand owes the player, for turnover.
  case rebate(amount: Int64)
  /// The same, for deposits or bets.
  case cashback(amount: Int64)
  /// The same, for losses.
  case lossback(amount: Int64)
  /// Between two buckets of the player; the policy lists the pairs that may be.
  case transfer(amount: Int64, from: Bucket, to: Bucket)

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
    case .bonusGrant: .bonusGrant
    case .bonusConvert: .bonusConvert
    case .bonusForfeit: .bonusForfeit
    case .rollingComplete: .rollingComplete
    case .rebate: .rebate
    case .cashback: .cashback
    case .lossback: .lossback
    case .transfer: .transfer
    }
  }

  /// The earlier transaction that the command is about.
  package var target: WalletTarget? {
    switch self {
    case .deposit, .depositRequest, .withdrawRequest, .adjust, .bonusGrant, .rebate, .cashback, .lossback, .transfer: nil
    case .depositApprove(let id), .depositDecline(let id): .transaction(id)
    case .withdrawApprove(let id), .withdrawDecline(let id), .withdrawPay(let id): .transaction(id)
    case .bonusConvert(let id), .bonusForfeit(let id), .rollingComplete(let id): .transaction(id)
    case .authorize(_, let provider, let reference, _), .settle(_, let provider, let reference), .rollback(let provider, let reference):
      .bet(provider: provider, reference: reference)
    }
  }
}
