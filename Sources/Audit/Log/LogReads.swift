package import Evidence
package import Kernel
package import Postgres

/// What is read of a ledger's logs: the last checkpoint of a brand's, and receipts of entries.
package struct LogReads: Sendable {
  private let book: LogBook
  private let source: any LedgerSource
  private let witnessed: LogWitnessed

  /// - Parameter policy: whose cosignatures the checkpoints should have; nil for nobody's.
  package init(_ source: any LedgerSource, database: Database, policy: TrustPolicy?) {
    self.source = source
    book = LogBook(database: database)
    witnessed = LogWitnessed(policy: policy)
  }

  /// The signed note. - Throws: `.receiptMissing` while nothing is signed.
  package func checkpoint(of brand: BrandID) async throws -> [UInt8] {
    try await book.with(.brand(brand, source)) { shelf in
      guard let kept = try await witnessed.newest(shelf) else { throw Self.missing }
      return kept.note
    }
  }

  /// The receipt of an entry under the last checkpoint that has its cosignatures (`docs/formats/receipt.md`).
  ///
  /// - Throws: `.receiptMissing` for an entry that the brand hasn't, or that isn't signed yet.
  package func receipt(of seq: Int64, brand: BrandID) async throws -> [UInt8] {
    try await book.with(.brand(brand, source), isolation: .repeatableRead) { try await receipt(of: seq, $0) }
  }

  /// One receipt an entry, of entries that were written together.
  ///
  /// - Throws: `.receiptMissing` unless all of them are signed.
  package func receipts(of seqs: [Int64], brand: BrandID) async throws -> [[UInt8]] {
    try await book.with(.brand(brand, source), isolation: .repeatableRead) { shelf in
      var receipts: [[UInt8]] = []
      for seq in seqs { receipts.append(try await receipt(of: seq, shelf)) }
      return receipts
    }
  }

  /// Signed entries behind a number, in their order.
  ///
  /// - Parameter size: of the checkpoint that the page before was under; nil for the last one.
  /// - Throws: `.receiptMissing` while nothing is signed, and for a checkpoint that isn't there.
  package func page(of brand: BrandID, after seq: Int64, limit: Int, under size: Int64?) async throws -> LogPage {
    try await book.with(.brand(brand, source), isolation: .repeatableRead) { try await page(after: seq, limit: limit, under: size, $0) }
  }

  private func page(after seq: Int64, limit: Int, under size: Int64?, _ shelf: any LogShelf) async throws -> LogPage {
    let newest = try await witnessed.newest(shelf)
    var shown = newest
    if let size, size != newest?.size { shown = try await witnessed.of(size, shelf) }
    guard let kept = shown else { throw Self.missing }
    let rows = try await shelf.entries(after: seq, limit: min(Int64(limit), max(kept.size - seq, 0)))
    let last = try await shelf.entries(after: kept.size - 1, limit: 1)
    guard let head = last.first, head.seq == kept.size else { throw Self.missing }
    return LogPage(entries: rows, size: kept.size, root: kept.root, head: head.claimed, note: kept.note)
  }

  private func receipt(of seq: Int64, _ shelf: any LogShelf) async throws -> [UInt8] {
    let kept = try await witnessed.newest(covering: seq, shelf)
    guard let kept, seq > 0, seq <= kept.size else { throw Self.missing }
    let rows = try await shelf.entries(after: seq - 1, limit: 1)
    guard let entry = rows.first, entry.seq == seq else { throw Self.missing }
    let hashes = try await LogTree(shelf).inclusion(of: seq - 1, size: kept.size)
    return Receipt(
      entry: entry.bytes, index: seq - 1, hashes: hashes, checkpoint: try SignedCheckpoint(bytes: kept.note)
    ).bytes
  }

  private static let missing = Problem(.receiptMissing, detail: "the brand has no such entry, or it isn't signed yet")
}
