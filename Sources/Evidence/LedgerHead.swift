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
    try following(seq: entry.seq, previous: entry.previous, hash: entry.hash, claimed: claimed)
  }

  /// As the other, of an entry of any ledger.
  ///
  /// - Parameter hash: SHA-256 over the entry's bytes.
  package func following(
    seq next: Int64, previous: LedgerHash, hash entryHash: LedgerHash, claimed: LedgerHash
  ) throws(LedgerChainFault) -> LedgerHead {
    guard next == seq + 1 else { throw .gap(expected: seq + 1, found: next) }
    guard previous == hash else { throw .brokenLink(seq: next) }
    guard entryHash == claimed else { throw .wrongHash(seq: next) }
    return LedgerHead(seq: next, hash: claimed)
  }
}
