internal import Audit
internal import Evidence
internal import Kernel
internal import Postgres

/// One restored ledger: its entries, its checkpoints, who signed them, and what is known from elsewhere.
struct LogInspection {
  let log: BackupLog
  let brand: BrandID
  let takenAt: Timestamp
  let history: KeyHistory?
  let published: PublishedCheckpoints
  let live: LiveEnd?
  let database: Database

  func run(progress: (Int64) -> Void) async throws -> (findings: [BackupFinding], log: RestoredLog) {
    var findings: [BackupFinding] = []
    var known: [SignedCheckpoint] = []
    if let history, let identity = identity(history) {
      let signatures = CheckpointSignatures(database: database, history: history)
      if let fault = try await signatures.fault(in: identity, of: brand) { findings.append(fault) }
      for checkpoint in try await published.checkpoints(of: identity) {
        if let fault = signatures.fault(of: checkpoint.bytes, identity) {
          findings.append(
            BackupFinding(
              .publishedUnusable, "\(identity)", "a checkpoint of \(checkpoint.checkpoint.size) entries from elsewhere: \(fault)"))
        } else {
          known.append(checkpoint)
        }
      }
    } else if log.signed > 0 {
      findings.append(BackupFinding(.keysMissing, subject, "its checkpoints are signed, and there is no key history to say by whom"))
    }
    // What lies beyond the backup's end is loss, not contradiction.
    let comparable = known.map(\.checkpoint).filter { $0.size <= log.entries }
    let operations = EvidenceOperations(database: database)
    let ledger = try operations.logs(of: .brand(brand), only: [.walletLedger])[0]
    let result = try await operations.check(ledger, published: comparable, progress: progress)
    if let refusal = result.refusal { findings.append(BackupFinding(.logRefused, subject, refusal.description)) }
    return (findings, restored(entries: result.entries, checkpoints: result.checkpoints, known))
  }

  private var subject: String { "\(log.ledger) of \(log.brandCode)" }

  private func identity(_ history: KeyHistory) -> LogIdentity? {
    LogIdentity(operatorName: history.operatorName, scope: .brand(brand), ledger: .walletLedger)
  }

  private func restored(entries: Int64, checkpoints: Int64, _ known: [SignedCheckpoint]) -> RestoredLog {
    let newest = known.max { $0.checkpoint.size < $1.checkpoint.size }
    let ends: [(Int64, Timestamp)] = [
      live.map { ($0.entries, $0.at) }, newest.map { ($0.checkpoint.size, time(of: $0) ?? takenAt) },
    ].compactMap { $0 }.filter { $0.0 > log.entries }
    let lost = ends.map { $0.0 - log.entries }.max() ?? 0
    let seconds = ends.map { max(0, $0.1.seconds - takenAt.seconds) }.max() ?? 0
    return RestoredLog(
      brandID: log.brandID, brandCode: log.brandCode, ledger: log.ledger, entries: entries, headHash: log.headHash, signed: log.signed,
      checkpoints: checkpoints, published: newest?.checkpoint.size, live: live?.entries, rpoEntries: lost, rpoSeconds: seconds)
  }

  private func time(of checkpoint: SignedCheckpoint) -> Timestamp? {
    history?.signer(of: checkpoint).flatMap { try? checkpoint.time(signedBy: $0.publicKey) }
  }
}
