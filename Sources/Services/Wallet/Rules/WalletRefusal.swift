package import Kernel

/// Why the rules refuse a command, in the order in which they look: the first that applies is the answer.
package enum WalletRefusal: Error, Hashable, Sendable, CaseIterable {
  case playerNotFound
  case playerSuspended
  case amountOutOfRange
  /// A bucket that the topology doesn't have, two that must differ and don't, or a bonus where the topology has no bucket for it.
  case unknownBucket
  /// A pair of buckets that the policy doesn't list.
  case transferNotAllowed
  case limitExceeded
  case transactionNotFound
  /// A bet whose rollback came first.
  case rolledBackBefore
  case alreadyRolledBack
  case alreadySettled
  case transactionClosed
  /// The provider used one transaction id for two bets.
  case referenceTaken
  case insufficientFunds

  package var reason: ProblemReason {
    switch self {
    case .playerNotFound: .playerNotFound
    case .playerSuspended: .playerSuspended
    case .amountOutOfRange: .amountOutOfRange
    case .unknownBucket: .invalidField
    case .transferNotAllowed: .transferNotAllowed
    case .limitExceeded: .limitExceeded
    case .transactionNotFound: .transactionNotFound
    case .rolledBackBefore, .alreadyRolledBack: .alreadyRolledBack
    case .alreadySettled: .alreadySettled
    case .transactionClosed, .referenceTaken: .transactionClosed
    case .insufficientFunds: .insufficientFunds
    }
  }
}
