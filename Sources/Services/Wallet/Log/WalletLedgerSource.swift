package import Audit
package import Evidence
package import Postgres

/// The log of the money: the wallet's ledger.
package struct WalletLedgerSource: LedgerSource {
  package let ledger = Ledger.walletLedger
  private let store = WalletCheckStore()

  package init() {}

  package func entries(after seq: Int64, limit: Int64, _ transaction: BrandTransaction) async throws -> [LogEntry] {
    try await store.entries(after: seq, limit: limit, transaction).map { stored in
      let entry = stored.entry
      return LogEntry(
        seq: entry.seq, previous: entry.previous, claimed: stored.claimed, createdAt: entry.createdAt,
        bytes: LedgerEntryLayout.bytes(of: entry))
    }
  }
}
