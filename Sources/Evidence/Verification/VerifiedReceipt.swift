package import Kernel

/// The entry that a receipt is for, with what is known of it.
package struct VerifiedReceipt: Hashable, Sendable {
  package let identity: LogIdentity
  /// From 1.
  package let number: Int64
  package let checkpoint: Checkpoint
  /// When the log signed the checkpoint.
  package let time: Timestamp
  /// The entry's columns in the layout's order.
  package let values: [LedgerValue]
}
