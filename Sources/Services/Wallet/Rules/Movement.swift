/// Collects the postings of one command. What leaves one account enters another, so the postings always sum to zero; a bucket
/// never goes below zero, and neither it nor a player's buckets together leave `Int64`.
struct Movement {
  private var balances: [Bucket: Int64]
  private var postings: [Posting] = []

  init(_ balances: [Bucket: Int64]) { self.balances = balances }

  /// Moves `amount` ≥ 0; zero leaves no posting.
  mutating func move(_ amount: Int64, from source: LedgerAccount, to destination: LedgerAccount) throws(WalletRefusal) {
    guard amount > 0 else { return }
    try post(-amount, to: source)
    try post(amount, to: destination)
  }

  /// Takes `amount` from the buckets in order, each as far as it goes, and says how much each gave.
  mutating func take(_ amount: Int64, from order: [Bucket], to destination: LedgerAccount) throws(WalletRefusal) -> [BucketAmount] {
    var missing = amount
    var parts: [BucketAmount] = []
    for bucket in order where missing > 0 {
      let part = min(missing, balances[bucket] ?? 0)
      guard part > 0 else { continue }
      try post(-part, to: .bucket(bucket))
      parts.append(BucketAmount(bucket: bucket, amount: part))
      missing -= part
    }
    guard missing == 0 else { throw .insufficientFunds }
    try post(amount, to: destination)
    return parts
  }

  /// Returns what ``take(_:from:to:)`` took, also when the topology has changed since.
  mutating func giveBack(_ parts: [BucketAmount], from source: LedgerAccount) throws(WalletRefusal) {
    for part in parts {
      guard let bucket = Bucket(part.bucket) else { throw .unknownBucket }
      try move(part.amount, from: source, to: .bucket(bucket))
    }
  }

  func decision(_ change: WalletDecision.TransactionChange) -> WalletDecision {
    WalletDecision(change: change, postings: postings, balances: balances)
  }

  /// What the bucket holds now.
  func held(in bucket: Bucket) -> Int64 { balances[bucket] ?? 0 }

  /// What a player holds in all can be said: readers add the buckets up.
  private func checkTotal() throws(WalletRefusal) {
    var total: Int64 = 0
    for balance in balances.values {
      let (sum, overflow) = total.addingReportingOverflow(balance)
      guard !overflow else { throw .amountOutOfRange }
      total = sum
    }
  }

  private mutating func post(_ amount: Int64, to account: LedgerAccount) throws(WalletRefusal) {
    guard let bucket = account.bucket else {
      postings.append(Posting(account: account, amount: amount, balanceAfter: nil))
      return
    }
    let (after, overflow) = (balances[bucket] ?? 0).addingReportingOverflow(amount)
    guard !overflow else { throw .amountOutOfRange }
    guard after >= 0 else { throw .insufficientFunds }
    balances[bucket] = after
    if amount > 0 { try checkTotal() }
    postings.append(Posting(account: account, amount: amount, balanceAfter: after))
  }
}
