package import Kernel

/// One entry of a brand's wallet ledger: every column that a hash covers, and nothing else.
package struct LedgerEntry: Hashable, Sendable {
  package let brand: Int64
  /// From 1, without a gap.
  package let seq: Int64
  /// ``LedgerHash/genesis`` for the first entry.
  package let previous: LedgerHash
  package let requestID: String
  package let command: String
  /// Sixteen bytes of the transaction's UUID; nil where the command began and named none.
  package let transaction: UUIDv7?
  /// Nil for an account of the brand itself.
  package let player: Int64?
  package let account: String
  package let currency: String
  /// Minor units, signed; never zero.
  package let amount: Int64
  /// What the bucket held afterwards; nil for accounts of the brand.
  package let balanceAfter: Int64?
  package let createdAt: Timestamp

  package init(
    brand: Int64, seq: Int64, previous: LedgerHash, requestID: String, command: String, transaction: UUIDv7?, player: Int64?,
    account: String, currency: String, amount: Int64, balanceAfter: Int64?, createdAt: Timestamp
  ) {
    self.brand = brand
    self.seq = seq
    self.previous = previous
    self.requestID = requestID
    self.command = command
    self.transaction = transaction
    self.player = player
    self.account = account
    self.currency = currency
    self.amount = amount
    self.balanceAfter = balanceAfter
    self.createdAt = createdAt
  }

  /// The entry's own hash: SHA-256 over its bytes (``LedgerEntryLayout``).
  package var hash: LedgerHash { LedgerHash.digest(of: LedgerEntryLayout.bytes(of: self)) }
}
