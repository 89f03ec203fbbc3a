internal import Evidence

/// A ledger entry with the hash that its row claims.
struct StoredLedgerEntry: Sendable {
  let entry: LedgerEntry
  let claimed: LedgerHash

  var bucket: LedgerBucket? { entry.player.map { LedgerBucket(player: $0, name: entry.account, currency: entry.currency) } }
}
