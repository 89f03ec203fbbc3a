/// What applying a command means, as values. The postings sum to zero and no bucket goes below zero.
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
  /// Nil for an accepted command. Else the command's answer is this refusal, the change is kept all the same, and no event tells of it.
  /// Only a ``TransactionChange/tombstone(provider:reference:)`` comes with one, so a refused command never moves money.
  package let refusal: WalletRefusal?

  init(change: TransactionChange, postings: [Posting], balances: [Bucket: Int64], refusal: WalletRefusal? = nil) {
    self.change = change
    self.postings = postings
    self.balances = balances
    self.refusal = refusal
  }

  package var transaction: WalletTransaction? {
    switch change {
    case .insert(let transaction), .update(let transaction): transaction
    case .tombstone: nil
    }
  }
}
