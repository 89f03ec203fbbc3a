/// Where a brand's ledger stands: its last entry's number and hash.
package struct LedgerHead: Hashable, Sendable {
  package static let empty = LedgerHead(seq: 0, hash: .genesis)

  package let seq: Int64
  package let hash: LedgerHash

  package init(seq: Int64, hash: LedgerHash) {
    self.seq = seq
    self.hash = hash
  }

  /// The head after `entry`, whose row says that its hash is `claimed`.
  ///
  /// - Throws: what is wrong with the entry as the next one.
  package func following(_ entry: LedgerEntry, claimed: LedgerHash) throws(LedgerChainFault) -> LedgerHead {
    guard entry.seq == seq + 1 else { throw .gap(expected: seq + 1, found: entry.seq) }
    guard entry.previous == hash else { throw .brokenLink(seq: entry.seq) }
    guard entry.hash == claimed else { throw .wrongHash(seq: entry.seq) }
    return LedgerHead(seq: entry.seq, hash: claimed)
  }
}
