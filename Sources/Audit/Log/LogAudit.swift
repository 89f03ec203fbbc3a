package import Evidence
internal import Kernel
package import Postgres

/// Reads a whole log again and compares it with everything that was ever signed of it.
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

  private let book: LogBook

  package init(database: Database) { book = LogBook(database: database) }

  /// - Parameters:
  ///   - published: what is known from elsewhere to have been signed of the log.
  ///   - progress: told how many entries have been read.
  package func run(_ log: LedgerLog, published: [Checkpoint] = [], progress: (Int64) -> Void) async throws -> Result {
    let latest = try await book.with(log) { try await $0.latest() }
    var growth = LogGrowth(MerkleFrontier(), after: .empty, signed: published)
    var checkpoints: Int64 = 0
    var refusal: LogRefusal?
    do {
      var isAtEnd = false
      while !isAtEnd {
        let after = growth.head.seq
        let (block, signed, tiles) = try await read(after: after, log)
        isAtEnd = block.count < Int(Self.blockMax)
        growth.expect(try signed.map(Self.checkpoint))
        checkpoints += Int64(signed.count)
        for entry in block { try growth.append(entry) }
        try Self.compare(growth, with: tiles, signed: latest?.size ?? 0)
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
  private func read(after seq: Int64, _ log: LedgerLog) async throws -> (
    entries: [LogEntry], signed: [KeptCheckpoint], tiles: [Int64: Tile]
  ) {
    try await book.with(log, isolation: .repeatableRead) { shelf in
      let block = try await shelf.entries(after: seq, limit: Self.blockMax)
      let last = block.count < Int(Self.blockMax) ? Int64.max : seq + Self.blockMax
      let width = Int64(TileCoordinate.fullWidth)
      let tiles = try await shelf.tiles(seq / width..<(seq + Self.blockMax) / width)
      return (block, try await shelf.kept(seq + 1...last), tiles)
    }
  }

  /// Proofs are made of the tiles that are kept: they are those of the entries.
  private static func compare(_ growth: LogGrowth, with kept: [Int64: Tile], signed: Int64) throws(LogRefusal) {
    for (index, tile) in growth.tiles where (index + 1) * Int64(TileCoordinate.fullWidth) <= signed {
      guard kept[index]?.bytes == tile.bytes else { throw LogRefusal(.checkpointAltered, "tile \(index) is not that of its entries") }
    }
  }

  private static func checkpoint(_ kept: KeptCheckpoint) throws(LogRefusal) -> Checkpoint {
    let checkpoint = try? SignedCheckpoint(bytes: kept.note).checkpoint
    guard let checkpoint, checkpoint.size == kept.size, checkpoint.root == kept.root else {
      throw LogRefusal(.checkpointAltered, "the note of \(kept.size) entries is not what its row says")
    }
    return checkpoint
  }
}
