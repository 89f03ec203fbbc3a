/// What applying an accepted command means, as values. The postings sum to zero and no bucket goes below zero.
package struct WalletDecision: Hashable, Sendable {
  package enum TransactionChange: Hashable, Sendable {
    case insert(WalletTransaction)
    case update(WalletTransaction)
    /// A rollback of a bet that has not come: remember it, so that the late bet is refused.
    case tombstone(provider: String, reference: String)
  }

  package let change: TransactionChange
  package let postings: [Posting]
  /// Balances of all buckets after the command.
  package let balances: [Bucket: Int64]

  package var transaction: WalletTransaction? {
    switch change {
    case .insert(let transaction), .update(let transaction): transaction
    case .tombstone: nil
    }
  }
}
