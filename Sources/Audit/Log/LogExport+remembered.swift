package import Evidence
internal import Kernel

/// Going on with an export that was stopped.
extension LogExport {
  /// The plan that was made before, if the database and the keys still bear it out.
  ///
  /// - Throws: ``LogRefusal`` where they don't.
  package func plan(_ logs: [LedgerLog], remembered: BundlePlan) async throws -> Plan {
    guard remembered.history == signer.history else {
      throw LogRefusal(.checkpointAltered, "the keys have changed since the export began")
    }
    var parts: [Part] = []
    for planned in remembered.logs {
      guard let log = logs.first(where: { $0.ledger == planned.log.ledger }), log.scope == remembered.manifest.scope else {
        throw LogRefusal(.checkpointAltered, "\(planned.log.ledger.rawValue) of \(remembered.manifest.scope) is not asked for")
      }
      parts.append(try await book.with(log) { try await part(log, planned, $0) })
    }
    let plan = try plan(parts)
    guard plan.remembered(question: remembered.question) == remembered else {
      throw LogRefusal(.checkpointAltered, "what is kept of the export isn't what was begun")
    }
    return plan
  }

  private func part(_ source: LedgerLog, _ planned: BundlePlan.Log, _ shelf: any LogShelf) async throws -> Part {
    let (checkpoint, entries) = (planned.checkpoint.checkpoint, planned.log.entries)
    let kept = try await shelf.kept(checkpoint.size...checkpoint.size)
    guard let identity = signer.log(shelf.ledger, of: shelf.scope), let kept = kept.first, kept.root == checkpoint.root,
      try witnessed.bears(planned.checkpoint.note, kept), !entries.isEmpty, entries.upperBound <= checkpoint.size
    else { throw LogRefusal(.checkpointAltered, "the checkpoint of \(shelf.ledger.rawValue) isn't one that is kept") }
    let cosigned = KeptCheckpoint(size: kept.size, root: kept.root, note: planned.checkpoint.bytes)
    return try await part(source, entries.lowerBound + 1...entries.upperBound, cosigned, identity, shelf)
  }
}
