package import Kernel

/// Where the live ledger of a brand ends.
package struct LiveEnd: Hashable, Sendable {
  package let entries: Int64
  /// When its last entry was written.
  package let at: Timestamp
}
