/// What can be wrong with a brand's money: the `kind` of `wallet_invariant_violations`.
package enum WalletFindingKind: String, CaseIterable, Sendable {
  /// An entry's number is not there.
  case entryMissing = "entry_missing"
  /// An entry doesn't continue the one before it.
  case chainBroken = "chain_broken"
  /// An entry's hash isn't that of its columns.
  case entryChanged = "entry_changed"
  /// An entry has another hash than when it was checked, so everything from somewhere before it on was written anew.
  case historyRewritten = "history_rewritten"
  /// The chain's head isn't the ledger's last entry.
  case headMismatch = "head_mismatch"
  /// An entry's `balance_after` isn't the one before it in its bucket plus the amount.
  case runningBalance = "running_balance"
  /// The entries of a command don't sum to zero.
  case unbalanced
  /// A bucket doesn't hold what the ledger says.
  case bucketDifference = "bucket_difference"
}
