/// One line of a double entry: what an account gains (positive) or gives (negative), in minor units. Never zero.
package struct Posting: Hashable, Sendable {
  package let account: LedgerAccount
  package let amount: Int64
  /// The bucket's balance after this posting; nil for the brand's own accounts, whose balance is the sum of their postings.
  package let balanceAfter: Int64?
}
