internal import Evidence
internal import Kernel
internal import Postgres

/// Who signed the checkpoints of a log.
struct CheckpointSignatures {
  private static let pieceMax: Int64 = 1000

  let database: Database
  let history: KeyHistory

  /// The first checkpoint of the log that none of the keys signed at its time; nil where there is none.
  func fault(in log: LogIdentity, of brand: BrandID) async throws -> BackupFinding? {
    var after: Int64 = 0
    while true {
      let piece = try await notes(log.ledger, brand, after: after)
      for (size, note) in piece {
        if let fault = fault(of: note, log) {
          return BackupFinding(.checkpointUnsigned, "\(log)", "the checkpoint of \(size) entries: \(fault)")
        }
        after = size
      }
      guard piece.count == Int(Self.pieceMax) else { return nil }
    }
  }

  /// Nil where one of the keys signed the note as this log, while it was the signing key.
  func fault(of note: [UInt8], _ log: LogIdentity) -> NoteFault? {
    do throws(NoteFault) {
      let signed = try SignedCheckpoint(bytes: note)
      guard signed.checkpoint.origin == log.origin else { throw NoteFault("it is of \(signed.checkpoint.origin)") }
      guard let record = history.signer(of: signed) else { throw NoteFault("none of the history's keys signed it") }
      let time = try signed.time(signedBy: record.publicKey)
      guard history.isValid(record, at: time) else { throw NoteFault("key \(record.number) was not the signing key at \(time)") }
      return nil
    } catch {
      return error
    }
  }

  private func notes(_ ledger: Ledger, _ brand: BrandID, after size: Int64) async throws -> [(size: Int64, note: [UInt8])] {
    try await database.withBrand(brand) { transaction in
      try await transaction.query(
        """
        SELECT tree_size, note FROM evidence.log_checkpoint
        WHERE brand_id = \(brand) AND ledger = \(ledger.rawValue) AND tree_size > \(size) ORDER BY tree_size LIMIT \(Self.pieceMax)
        """
      ).map { row throws(PostgresError) in (try row.get("tree_size"), try row.get("note")) }
    }
  }
}
