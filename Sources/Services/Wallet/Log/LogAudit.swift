internal import Evidence
package import Kernel
package import Postgres

/// Reads a brand's whole ledger again and compares it with everything that was ever signed of it.
package struct LogAudit: Sendable {
  package struct Result: Sendable {
    /// Entries that were read.
    package let entries: Int64
    /// Entries that are signed.
    package let signed: Int64
    package let checkpoints: Int64
    /// Nil where all is as it was signed.
    package let refusal: LogRefusal?
  }

  private static let blockMax: Int64 = 4096
  private static let checkpointsMax: Int64 = 100_000

  private let database: Database
  private let store = LogStore(ledger: .walletLedger)
  private let entries = WalletCheckStore()

  package init(database: Database) { self.database = database }

  /// - Parameter progress: told how many entries have been read.
  package func run(_ brand: BrandID, progress: (Int64) -> Void) async throws -> Result {
    let signed = try await database.withBrand(brand) { transaction in
      try await store.earlier(than: .max, limit: Self.checkpointsMax, transaction)
    }
    var growth: LogGrowth?
    do {
      let checkpoints = try signed.map { note in try SignedCheckpoint(bytes: note).checkpoint }
      var read = LogGrowth(MerkleFrontier(), after: .empty, signed: checkpoints)
      growth = read
      while true {
        let after = read.head.seq
        let block = try await database.withBrand(brand) { try await entries.entries(after: after, limit: Self.blockMax, $0) }
        for entry in block { try read.append(entry) }
        read.forgetTiles()
        growth = read
        progress(read.head.seq)
        if block.count < Int(Self.blockMax) { break }
      }
      try read.end()
      return result(read, checkpoints, nil)
    } catch let refusal as LogRefusal {
      return result(growth, signed.compactMap { try? SignedCheckpoint(bytes: $0).checkpoint }, refusal)
    } catch let fault as NoteFault {
      return result(growth, [], LogRefusal(.checkpointAltered, "\(fault)"))
    }
  }

  private func result(_ growth: LogGrowth?, _ checkpoints: [Checkpoint], _ refusal: LogRefusal?) -> Result {
    Result(
      entries: growth?.frontier.size ?? 0, signed: checkpoints.map(\.size).max() ?? 0, checkpoints: Int64(checkpoints.count),
      refusal: refusal)
  }
}
