package import Evidence
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

  private let database: Database
  private let store = LogStore(ledger: .walletLedger)
  private let entries = WalletCheckStore()

  package init(database: Database) { self.database = database }

  /// - Parameters:
  ///   - published: what is known from elsewhere to have been signed of the ledger.
  ///   - progress: told how many entries have been read.
  package func run(_ brand: BrandID, published: [Checkpoint] = [], progress: (Int64) -> Void) async throws -> Result {
    let latest = try await database.withBrand(brand) { try await store.latest($0) }
    var growth = LogGrowth(MerkleFrontier(), after: .empty, signed: published)
    var checkpoints: Int64 = 0
    var refusal: LogRefusal?
    do {
      var isAtEnd = false
      while !isAtEnd {
        let after = growth.head.seq
        let (block, signed) = try await read(after: after, brand)
        isAtEnd = block.count < Int(Self.blockMax)
        growth.expect(try signed.map(Self.checkpoint))
        checkpoints += Int64(signed.count)
        for entry in block { try growth.append(entry) }
        growth.forgetTiles()
        progress(growth.head.seq)
      }
      try growth.end()
    } catch let found as LogRefusal {
      refusal = found
    }
    return Result(entries: growth.frontier.size, signed: latest?.size ?? 0, checkpoints: checkpoints, refusal: refusal)
  }

  /// The next entries and what was signed of them; behind the last entry, whatever was signed beyond. Of one moment: a log that grows meanwhile
  /// must not seem to be signed beyond its end.
  private func read(after seq: Int64, _ brand: BrandID) async throws -> (entries: [StoredLedgerEntry], signed: [LogStore.Kept]) {
    try await database.withBrand(brand, isolation: .repeatableRead) { transaction in
      let block = try await entries.entries(after: seq, limit: Self.blockMax, transaction)
      let last = block.count < Int(Self.blockMax) ? Int64.max : seq + Self.blockMax
      return (block, try await store.kept(seq + 1...last, transaction))
    }
  }

  private static func checkpoint(_ kept: LogStore.Kept) throws(LogRefusal) -> Checkpoint {
    let checkpoint = try? SignedCheckpoint(bytes: kept.note).checkpoint
    guard let checkpoint, checkpoint.size == kept.size, checkpoint.root == kept.root else {
      throw LogRefusal(.checkpointAltered, "the note of \(kept.size) entries is not what its row says")
    }
    return checkpoint
  }
}
