package import Evidence

/// Some of a log's entries, and the checkpoint that they are signed under.
package struct LogPage: Sendable {
  package let entries: [LogEntry]
  /// Entries in the signed tree.
  package let size: Int64
  package let root: MerkleHash
  /// The chain's hash of the last signed entry: its `row_hash`.
  package let head: LedgerHash
  /// The checkpoint as a signed note.
  package let note: [UInt8]

  /// Number of the last entry of the page, where another page follows.
  package var following: Int64? { entries.last.flatMap { $0.seq < size ? $0.seq : nil } }
}
