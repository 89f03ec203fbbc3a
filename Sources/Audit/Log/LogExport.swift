package import Evidence
internal import Kernel
package import Postgres

/// Writes a bundle of a scope's logs (`docs/formats/bundle.md`) tile by tile, in memory that doesn't grow with them.
package struct LogExport: Sendable {
  /// What is asked for and what there is.
  package struct Plan: Sendable {
    package let parts: [Part]
    package let manifest: BundleManifest
    let history: KeyHistory

    /// What is kept of it beside the unfinished file.
    package func remembered(question: String) -> BundlePlan {
      BundlePlan(question: question, manifest: manifest, history: history, logs: parts.map { BundlePlan.Log($0.log, $0.checkpoint) })
    }

    package var count: Int64 { parts.reduce(0) { $0 + $1.log.count } }
  }

  /// One log's range under its last checkpoint.
  package struct Part: Sendable {
    package let source: LedgerLog
    package let log: BundleLog
    package let checkpoint: SignedCheckpoint
    let firstAt: Timestamp
    let signedAt: Timestamp
  }

  let book: LogBook
  let signer: LogSigner
  let witnessed: LogWitnessed

  /// - Parameter policy: whose cosignatures the checkpoints should have; nil for nobody's.
  package init(database: Database, signer: LogSigner, policy: TrustPolicy? = nil) {
    book = LogBook(database: database)
    self.signer = signer
    witnessed = LogWitnessed(policy: policy)
  }

  /// - Parameters:
  ///   - logs: of one scope. Those of which nothing is signed are left out.
  ///   - range: numbers of entries, from 1; nil for all that are signed.
  /// - Throws: ``LogRefusal`` where nothing, or not the whole range, is signed.
  package func plan(_ logs: [LedgerLog], _ range: ClosedRange<Int64>?) async throws -> Plan {
    var parts: [Part] = []
    for log in logs.sorted(by: { $0.ledger < $1.ledger }) {
      if let part = try await book.with(log, { try await part(log, range, $0) }) { parts.append(part) }
    }
    return try plan(parts)
  }

  func plan(_ parts: [Part]) throws -> Plan {
    guard let scope = parts.first?.source.scope, let end = parts.map(\.signedAt).min(), let first = parts.map(\.firstAt).min() else {
      throw LogRefusal(.behindPublished, "nothing is signed yet")
    }
    let manifest = BundleManifest(
      operatorName: signer.history.operatorName, scope: scope, from: min(Timestamp(seconds: first.seconds), end), to: end,
      logs: parts.count)
    guard let manifest else { throw LogRefusal(.checkpointAltered, "the checkpoint's time can't be") }
    return Plan(parts: parts, manifest: manifest, history: signer.history)
  }

  /// Nil where nothing is signed.
  private func part(_ source: LedgerLog, _ asked: ClosedRange<Int64>?, _ shelf: any LogShelf) async throws -> Part? {
    let kept = try await witnessed.newest(covering: asked?.upperBound ?? 1, shelf)
    guard let kept, let identity = signer.log(shelf.ledger, of: shelf.scope) else { return nil }
    let range = asked ?? 1...kept.size
    guard range.lowerBound >= 1, range.upperBound <= kept.size else {
      throw LogRefusal(.behindPublished, "entries 1 to \(kept.size) are signed")
    }
    return try await part(source, range, kept, identity, shelf)
  }

  func part(
    _ source: LedgerLog, _ range: ClosedRange<Int64>, _ kept: KeptCheckpoint, _ identity: LogIdentity, _ shelf: any LogShelf
  ) async throws -> Part {
    let rows = try await shelf.entries(after: range.lowerBound - 1, limit: 1)
    guard let first = rows.first, first.seq == range.lowerBound else {
      throw LogRefusal(.behindPublished, "entry \(range.lowerBound) of \(shelf.ledger.rawValue) is not there")
    }
    let checkpoint = try signer.read(kept.note, of: identity)
    guard let record = signer.history.signer(of: checkpoint),
      let log = BundleLog(ledger: shelf.ledger, first: range.lowerBound - 1, count: Int64(range.count), earlier: 0)
    else { throw LogRefusal(.checkpointAltered, "no key of ours signed it, or the range can't be") }
    return Part(
      source: source, log: log, checkpoint: checkpoint, firstAt: first.createdAt, signedAt: try checkpoint.time(signedBy: record.publicKey))
  }

  /// - Parameters:
  ///   - resumption: what is there of it already; nil for nothing.
  ///   - sink: gets the file's bytes behind that, one piece after another.
  ///   - progress: told how many entries are written.
  package func write(
    _ plan: Plan, after resumption: BundleResumption? = nil, to sink: ([UInt8]) throws -> Void, progress: (Int64) -> Void
  ) async throws {
    var writer = resumption?.writer ?? BundleWriter(plan.manifest, history: plan.history)
    if resumption.map({ $0.byteCount == 0 }) ?? true { try sink(writer.head()) }
    var written = resumption?.entries ?? 0
    let begun = resumption?.logs ?? 0
    for (number, part) in plan.parts.enumerated() where number + 1 >= begun {
      var tiles = part.log.tiles
      if number + 1 == begun, let resumption {
        tiles = resumption.tiles
      } else {
        try sink(writer.log(part.log, checkpoint: part.checkpoint))
      }
      for index in tiles {
        try sink(try await tile(index, of: part, &writer))
        written += Int64(part.log.entries(inTile: index).count)
        progress(written)
      }
    }
    try sink(signer.seal(writer))
  }

  private func tile(_ index: Int64, of part: Part, _ writer: inout BundleWriter) async throws -> [UInt8] {
    let size = part.checkpoint.checkpoint.size
    let wanted = part.log.entries(inTile: index)
    // Nothing in it changes any more, so that each tile may have a transaction of its own.
    let (tile, proof, rows) = try await book.with(part.source) { shelf in
      let tree = LogTree(shelf)
      let tile = try await tree.tile(index, size: size)
      let proof = try await tree.inclusion(ofTile: index, size: size)
      return (tile, proof, try await shelf.entries(after: wanted.lowerBound, limit: Int64(wanted.count)))
    }
    guard rows.count == wanted.count, rows.first?.seq == wanted.lowerBound + 1, rows.last?.seq == wanted.upperBound else {
      throw LogRefusal(.behindPublished, "an entry of \(wanted.lowerBound + 1) to \(wanted.upperBound) is not there")
    }
    return writer.tile(tile, proof: proof, entries: rows.map(\.bytes))
  }
}
