package import Evidence
package import Kernel
package import Postgres

/// Writes a bundle of a brand's ledger (`docs/formats/bundle.md`) tile by tile, in memory that doesn't grow with it.
package struct LogExport: Sendable {
  /// What is asked for and what there is.
  package struct Plan: Sendable {
    package let log: BundleLog
    package let checkpoint: SignedCheckpoint
    let manifest: BundleManifest
  }

  private let database: Database
  private let signer: LogSigner
  private let store = LogStore(ledger: .walletLedger)
  private let entries = WalletCheckStore()

  private let witnessed: LogWitnessed

  /// - Parameter policy: whose cosignatures the checkpoint should have; nil for nobody's.
  package init(database: Database, signer: LogSigner, policy: TrustPolicy? = nil) {
    self.database = database
    self.signer = signer
    witnessed = LogWitnessed(store: store, policy: policy)
  }

  /// - Parameter range: numbers of entries, from 1; nil for all that are signed.
  /// - Throws: ``LogRefusal`` where the range isn't signed.
  package func plan(_ brand: BrandID, _ range: ClosedRange<Int64>?) async throws -> Plan {
    try await database.withBrand(brand) { transaction in try await plan(brand, range, transaction) }
  }

  private func plan(_ brand: BrandID, _ range: ClosedRange<Int64>?, _ transaction: BrandTransaction) async throws -> Plan {
    let kept = try await witnessed.newest(covering: range?.upperBound ?? 1, transaction)
    guard let kept, let log = signer.log(.walletLedger, of: brand) else {
      throw LogRefusal(.behindPublished, "nothing of the brand's ledger is signed yet")
    }
    let range = range ?? 1...kept.size
    let rows = try await entries.entries(after: range.lowerBound - 1, limit: 1, transaction)
    guard range.lowerBound >= 1, range.upperBound <= kept.size, let first = rows.first?.entry else {
      throw LogRefusal(.behindPublished, "entries 1 to \(kept.size) are signed")
    }
    return try plan(range, from: first, under: try signer.read(kept.note, of: log), of: brand)
  }

  private func plan(
    _ range: ClosedRange<Int64>, from first: LedgerEntry, under checkpoint: SignedCheckpoint, of brand: BrandID
  ) throws -> Plan {
    guard let record = signer.history.signer(of: checkpoint) else { throw LogRefusal(.checkpointAltered, "no key of ours signed it") }
    let signedAt = try checkpoint.time(signedBy: record.publicKey)
    let from = min(Timestamp(seconds: first.createdAt.seconds), signedAt)
    let head = BundleLog(ledger: .walletLedger, first: range.lowerBound - 1, count: Int64(range.count), earlier: 0)
    let manifest = BundleManifest(
      operatorName: signer.history.operatorName, scope: .brand(brand), from: from, to: signedAt, logs: 1)
    guard let head, let manifest else { throw LogRefusal(.checkpointAltered, "the range or the checkpoint's time can't be") }
    return Plan(log: head, checkpoint: checkpoint, manifest: manifest)
  }

  /// - Parameters:
  ///   - sink: gets the file's bytes, one piece after another.
  ///   - progress: told how many entries are written.
  package func write(
    _ plan: Plan, of brand: BrandID, to sink: ([UInt8]) throws -> Void, progress: (Int64) -> Void
  ) async throws {
    var writer = BundleWriter(plan.manifest, history: signer.history)
    try sink(writer.head())
    try sink(writer.log(plan.log, checkpoint: plan.checkpoint))
    let size = plan.checkpoint.checkpoint.size
    var written: Int64 = 0
    for index in plan.log.tiles {
      let wanted = plan.log.entries(inTile: index)
      // Nothing in it changes any more, so that each tile may have a transaction of its own.
      let (tile, proof, rows) = try await database.withBrand(brand) { transaction in
        let tree = LogTree(store)
        let tile = try await tree.tile(index, size: size, transaction)
        let proof = try await tree.inclusion(ofTile: index, size: size, transaction)
        return (tile, proof, try await entries.entries(after: wanted.lowerBound, limit: Int64(wanted.count), transaction))
      }
      guard rows.count == wanted.count, rows.first?.entry.seq == wanted.lowerBound + 1 else {
        throw LogRefusal(.behindPublished, "an entry of \(wanted.lowerBound + 1) to \(wanted.upperBound) is not there")
      }
      try sink(writer.tile(tile, proof: proof, entries: rows.map { LedgerEntryLayout.bytes(of: $0.entry) }))
      written += Int64(rows.count)
      progress(written)
    }
    try sink(signer.seal(writer))
  }
}
