internal import Evidence
package import Kernel

/// Bundles of a time.
extension LogExport {
  /// - Parameter body: gets every entry of the time, in the log's order.
  /// - Returns: numbers of the first and the last of them; nil where there is none.
  package func entries(
    of log: LedgerLog, in times: ClosedRange<Timestamp>, _ body: (LogEntry) throws -> Void
  ) async throws -> ClosedRange<Int64>? {
    try await LogTimes(book: book, log: log).entries(in: times, body)
  }

  /// The plan of a bundle of these entries, under the first checkpoint that was signed at the end of the time or later: so that asking again
  /// gives the same bundle, although the log has grown. Where there is none yet, under the last one.
  ///
  /// - Parameter numbers: of the log's entries of that time.
  /// - Returns: nil where none of them is signed.
  package func plan(_ log: LedgerLog, _ numbers: ClosedRange<Int64>, of times: ClosedRange<Timestamp>) async throws -> Plan? {
    let found = try await book.with(log) { shelf -> Part? in
      let kept = try await witnessed.earliest(covering: numbers.upperBound, since: times.upperBound, shelf)
      guard let kept, kept.size >= numbers.lowerBound, let identity = signer.log(shelf.ledger, of: shelf.scope) else { return nil }
      return try await part(log, numbers.lowerBound...min(numbers.upperBound, kept.size), kept, identity, shelf)
    }
    guard let part = found else { return nil }
    let end = min(times.upperBound, part.signedAt)
    let manifest = BundleManifest(
      operatorName: signer.history.operatorName, scope: log.scope, from: min(times.lowerBound, end), to: end, logs: 1)
    guard let manifest else { throw LogRefusal(.checkpointAltered, "the checkpoint's time can't be") }
    return Plan(parts: [part], manifest: manifest, history: signer.history)
  }
}
