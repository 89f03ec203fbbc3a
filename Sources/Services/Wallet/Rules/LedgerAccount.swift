/// Where a posting goes: a player's bucket, or one of the brand's own accounts.
///
/// The brand's accounts are the other side of every movement, so that all postings of a command sum to zero. Their sign is
/// the players' mirrored: the `deposits` account is negative by what came in.
package enum LedgerAccount: Hashable, Sendable {
  case bucket(Bucket)
  /// Money that came in from outside.
  case deposits
  /// Money that a withdrawal holds until it is paid or declined.
  case withdrawalsHeld
  /// Money that has left.
  case withdrawals
  /// Stakes minus wins of one game provider.
  case provider(String)
  /// The brand's own money: the other side of adjustments.
  case house
  /// What the brand gave as bonuses, less what was forfeited. Not the bucket of that name.
  case bonus
  case rebates
  case cashbacks
  case lossbacks

  /// The text in `wallet.wallet_ledger.account`: the bucket's name beside a player, or the name of a row of `wallet.wallet_account`.
  package var name: String {
    switch self {
    case .bucket(let bucket): bucket.name
    case .deposits: "deposits"
    case .withdrawalsHeld: "withdrawals_held"
    case .withdrawals: "withdrawals"
    case .provider(let provider): "provider:\(provider)"
    case .house: "house"
    case .bonus: "bonus"
    case .rebates: "rebates"
    case .cashbacks: "cashbacks"
    case .lossbacks: "lossbacks"
    }
  }

  package var bucket: Bucket? {
    if case .bucket(let bucket) = self { bucket } else { nil }
  }
}
