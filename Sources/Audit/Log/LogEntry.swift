package import Evidence
package import Kernel
internal import Postgres

/// A ledger's row as an entry of its log: its bytes, and what the row says of its place.
package struct LogEntry: Sendable {
  package let seq: Int64
  package let previous: LedgerHash
  /// `row_hash`.
  package let claimed: LedgerHash
  package let createdAt: Timestamp
  /// In the ledger's layout (`docs/formats/ledger-entry.md`).
  package let bytes: [UInt8]

  package init(seq: Int64, previous: LedgerHash, claimed: LedgerHash, createdAt: Timestamp, bytes: [UInt8]) {
    self.seq = seq
    self.previous = previous
    self.claimed = claimed
    self.createdAt = createdAt
    self.bytes = bytes
  }
}
