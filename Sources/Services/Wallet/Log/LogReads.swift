package import Evidence
package import Kernel
package import Postgres

/// What is read of a brand's log: its last checkpoint, and receipts of entries.
package struct LogReads: Sendable {
  private let database: Database
  private let store = LogStore(ledger: .walletLedger)
  private let entries = WalletCheckStore()

  private let policy: TrustPolicy?

  /// - Parameter policy: whose cosignatures the checkpoints should have; nil for nobody's.
  package init(database: Database, policy: TrustPolicy?) {
    self.database = database
    self.policy = policy
  }

  private var witnessed: LogWitnessed { LogWitnessed(store: store, policy: policy) }

  /// The signed note. - Throws: `.receiptMissing` while nothing is signed.
  package func checkpoint(of brand: BrandID) async throws -> [UInt8] {
    try await database.withBrand(brand) { transaction in
      guard let kept = try await witnessed.newest(transaction) else { throw Self.missing }
      return kept.note
    }
  }

  /// The receipt of an entry under the last checkpoint that has its cosignatures (`docs/formats/receipt.md`).
  ///
  /// - Throws: `.receiptMissing` for an entry that the brand hasn't, or that isn't signed yet.
  package func receipt(of seq: Int64, brand: BrandID) async throws -> [UInt8] {
    try await database.withBrand(brand, isolation: .repeatableRead) { transaction in
      try await receipt(of: seq, transaction)
    }
  }

  private func receipt(of seq: Int64, _ transaction: BrandTransaction) async throws -> [UInt8] {
    let kept = try await witnessed.newest(covering: seq, transaction)
    guard let kept, seq > 0, seq <= kept.size else { throw Self.missing }
    let rows = try await entries.entries(after: seq - 1, limit: 1, transaction)
    guard let entry = rows.first?.entry, entry.seq == seq else { throw Self.missing }
    let hashes = try await LogTree(store).inclusion(of: seq - 1, size: kept.size, transaction)
    return Receipt(
      entry: LedgerEntryLayout.bytes(of: entry), index: seq - 1, hashes: hashes, checkpoint: try SignedCheckpoint(bytes: kept.note)
    ).bytes
  }

  private static let missing = Problem(.receiptMissing, detail: "the brand has no such entry, or it isn't signed yet")
}
