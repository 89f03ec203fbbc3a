package import Audit
package import Evidence
package import Kernel
package import Postgres

/// Writes bundles into files. A file is there whole under its name, or not at all; what was written before something went wrong can be gone
/// on with, and is then the same file, byte for byte.
package struct EvidenceExport: Sendable {
  package struct Request: Sendable {
    /// Of one scope.
    let logs: [LedgerLog]
    /// Numbers of entries; nil for all that are signed.
    let range: ClosedRange<Int64>?
    let path: String
    let isResumed: Bool

    package init(logs: [LedgerLog], range: ClosedRange<Int64>?, path: String, isResumed: Bool) {
      self.logs = logs
      self.range = range
      self.path = path
      self.isResumed = isResumed
    }

    /// One line that says what is asked for.
    var question: String {
      let scope = logs.first.map { "\($0.scope)" } ?? "-"
      let ledgers = logs.map(\.ledger.rawValue).sorted().joined(separator: ",")
      return "\(scope) \(ledgers) \(range.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "all")"
    }
  }

  package struct Result: Sendable {
    package let plan: LogExport.Plan
    /// Of the file, in hexadecimal.
    package let sha256: String
    package let byteCount: Int64
    /// Bytes that were there already; nil for an export from the beginning.
    package let resumedAt: Int64?
  }

  private let database: Database
  private let signer: LogSigner
  private let export: LogExport
  private let audit: EvidenceAudit
  private let clock: WallClock

  /// - Parameter policy: whose cosignatures the checkpoints should have; nil for nobody's.
  package init(database: Database, signer: LogSigner, policy: TrustPolicy?, clock: WallClock = .system) {
    self.database = database
    self.signer = signer
    export = LogExport(database: database, signer: signer, policy: policy)
    audit = EvidenceAudit(database: database)
    self.clock = clock
  }

  /// Audited before anything is written.
  ///
  /// - Parameters:
  ///   - requestID: by which the act is found in the ledgers (S4-EXP-04).
  ///   - progress: told how many entries are written, of how many.
  package func run(
    _ request: Request, by act: OperatorAct, requestID: String, progress: (Int64, Int64) -> Void
  ) async throws -> Result {
    // Its seal is a signature.
    try await SigningPermission.require(signer, at: clock.now(), database)
    guard !FilePlace.isTaken(request.path) else { throw OperationRefused(.conflict, "\(request.path) is there already") }
    let file = try UnfinishedBundle(of: request.path, isResumed: request.isResumed)
    do {
      let (plan, resumption) = try await begun(request, file)
      for part in plan.parts { try await audit.record(part, resumedAt: resumption?.byteCount, by: act, requestID: requestID) }
      try await export.write(plan, after: resumption, to: { try file.append($0) }, progress: { progress($0, plan.count) })
      let byteCount = file.byteCount
      return Result(plan: plan, sha256: try file.finish(), byteCount: byteCount, resumedAt: resumption?.byteCount)
    } catch {
      file.giveUp()
      throw error
    }
  }

  private func begun(_ request: Request, _ file: UnfinishedBundle) async throws -> (LogExport.Plan, BundleResumption?) {
    guard let remembered = try file.remembered() else {
      let plan = try await export.plan(request.logs, request.range)
      try file.remember(plan.remembered(question: request.question))
      return (plan, nil)
    }
    guard remembered.question == request.question else {
      throw OperationRefused(.conflict, "\(request.path).part was begun for \(remembered.question), and asked for is \(request.question)")
    }
    do {
      let plan = try await export.plan(request.logs, remembered: remembered)
      return (plan, try file.resumption(of: remembered))
    } catch let refusal as LogRefusal {
      throw OperationRefused(.conflict, "\(request.path).part can't be gone on with: \(refusal.detail)")
    }
  }
}
