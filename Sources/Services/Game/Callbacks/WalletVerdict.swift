internal import Kernel

/// What the wallet said to a command.
enum WalletVerdict: Hashable, Sendable {
  /// Done, now or before.
  ///
  /// - balance: of all buckets after it, as the wallet's first answer had it.
  /// - tombstone: a rollback whose bet has not come.
  case applied(balance: Int64, tombstone: Bool)
  /// Refused for good.
  case refused(ProblemReason)
  /// No answer that can be relied on: the command may have been applied, and asking again with the same key is safe.
  case unknown
}
