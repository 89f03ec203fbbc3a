package import Audit
package import Evidence
package import Kernel
package import Platform
package import Postgres

/// Preserves what the logs say of a time in one new folder for an auditor (S4-INC-08, S4-EXP-06): bundles, what verifying them said, keys,
/// ids and times, and a signed manifest.
///
/// What was preserved repeats byte for byte for the same logs and the same time once a checkpoint was signed after it: everything but the manifest's
/// files, which say when and by whom.
package struct CasePreservation: Sendable {
  package struct Request: Sendable {
    package let caseID: String
    package let scopes: [LogScope]
    package let times: ClosedRange<Timestamp>
    package let path: String
    /// Certificates of isolation, and any other files, by their paths.
    package let certificates: [String]
    package let attachments: [String]
    /// What must be in none of them, besides keys.
    package let secrets: [String]

    package init(
      caseID: String, scopes: [LogScope], times: ClosedRange<Timestamp>, path: String, certificates: [String], attachments: [String],
      secrets: [String]
    ) {
      self.caseID = caseID
      self.scopes = scopes
      self.times = times
      self.path = path
      self.certificates = certificates
      self.attachments = attachments
      self.secrets = secrets
    }
  }

  private let database: Database
  private let logs: LogCatalog
  private let export: LogExport
  private let audit: EvidenceAudit
  private let signer: LogSigner
  private let policy: [UInt8]?
  private let build: BuildInformation
  private let clock: WallClock

  /// - Parameter policy: whose cosignatures the checkpoints should have, as its file says; nil for nobody's.
  package init(
    database: Database, signer: LogSigner, policy: [UInt8]?, build: BuildInformation, clock: WallClock = .system
  ) throws {
    self.database = database
    logs = EvidenceLedgers.catalog(BrandCatalog(database: database))
    export = LogExport(database: database, signer: signer, policy: try policy.map(TrustPolicy.init(text:)))
    audit = EvidenceAudit(database: database)
    self.signer = signer
    self.policy = policy
    self.build = build
    self.clock = clock
  }

  /// Audited in every scope before anything is written. Where it fails, nothing of it stays.
  ///
  /// - Parameters:
  ///   - requestID: by which the act is found in the ledgers.
  ///   - progress: told which log is next.
  package func run(
    _ request: Request, by act: OperatorAct, requestID: String, progress: (String) -> Void
  ) async throws -> CaseManifest {
    guard CaseManifest.isPlain(request.caseID), CaseManifest.isPlain(act.operatorID) else {
      throw OperationRefused(.unusable, "the case's name and the operator's are 1 to 128 characters of printable ASCII without \" and \\")
    }
    try await SigningPermission.require(signer, at: clock.now(), database)
    let files = try CaseAttachments(secrets: request.secrets, keys: signer.history).read(request.certificates, request.attachments)
    let folder = try CaseFolder(request.path)
    do {
      for scope in request.scopes { try await record(request, scope, act, requestID) }
      for file in files { try folder.write(file.bytes, to: file.place) }
      try writeTrust(folder)
      var kept: [CaseLog] = []
      for log in request.scopes.flatMap({ logs.logs(of: $0) }) {
        progress("\(log.scope) \(log.ledger.rawValue)")
        kept.append(try await preserve(log, request.times, folder))
      }
      return try folder.finish(subject(request, act), kept, signer: signer)
    } catch {
      folder.discard()
      throw error
    }
  }

  private func subject(_ request: Request, _ act: OperatorAct) -> CaseManifest.Subject {
    CaseManifest.Subject(
      operatorName: signer.history.operatorName, caseID: request.caseID, by: act.operatorID, from: request.times.lowerBound,
      to: request.times.upperBound, preservedAt: clock.now(), program: build.version, commit: build.commit)
  }

  private func record(_ request: Request, _ scope: LogScope, _ act: OperatorAct, _ requestID: String) async throws {
    let facts: JSONValue = [
      "from": .string("\(request.times.lowerBound)"), "to": .string("\(request.times.upperBound)"), "scope": .string("\(scope)"),
    ]
    try await audit.write(
      AuditEntry(
        .evidencePreserve, .evidenceBundle, request.caseID, by: act.operatorID, new: facts, reason: act.reason, requestID: requestID),
      facts: [("case", .string(request.caseID)), ("range", facts)], by: act, requestID: requestID, to: scope)
  }

  /// What a stranger needs besides the bundles.
  private func writeTrust(_ folder: CaseFolder) throws {
    let trusted = try trustedKeys().map { "\($0)\n" }.joined()
    try folder.write(trusted.utf8, to: "keys/trusted.keys")
    try folder.write(signer.history.bytes, to: CaseManifest.historyFile)
    if let policy { try folder.write(policy, to: "keys/policy") }
    try folder.write(CaseReadme.text(isWitnessed: policy != nil).utf8, to: "README.txt")
  }

  private func trustedKeys() throws -> [VerifierKey] {
    guard signer.history.operatorName.keysName != nil else { throw OperationRefused(.unusable, "the operator's name is too long") }
    return signer.history.verifierKeys
  }

  // MARK: A log

  private func preserve(_ log: LedgerLog, _ times: ClosedRange<Timestamp>, _ folder: CaseFolder) async throws -> CaseLog {
    let name = CaseLog(log.scope, log.ledger, .noEntries).name
    guard let numbers = try await correlate(log, times, folder, "correlation/\(name).jsonl") else {
      return CaseLog(log.scope, log.ledger, .noEntries)
    }
    do {
      let plan = try await export.plan(log, numbers, of: times)
      guard let plan, let part = plan.parts.first else {
        return CaseLog(log.scope, log.ledger, .unsigned, unsigned: Int64(numbers.count))
      }
      let place = "ledgers/\(name).bundle"
      let report = try await write(plan, to: folder, place)
      try folder.write((ReportJSON.text(of: report) + "\n").utf8, to: "verification/\(name).json")
      return CaseLog(
        log.scope, log.ledger, report.isVerified ? .verified : .failed, first: part.log.first + 1, entries: part.log.count,
        unsigned: Int64(numbers.count) - part.log.count)
    } catch let refusal as LogRefusal {
      // What can't be exported is no reason to preserve nothing of the others.
      folder.drop("ledgers/\(name).bundle")
      try folder.write("\(refusal)\n".utf8, to: "verification/\(name).refusal.txt")
      return CaseLog(log.scope, log.ledger, .refused)
    }
  }

  /// - Returns: what `cordon-verify` says of the file, for whoever trusts the operator's keys and the policy.
  private func write(_ plan: LogExport.Plan, to folder: CaseFolder, _ place: String) async throws -> VerificationReport {
    let file = try folder.begin(place)
    try await export.write(plan, to: { try file.append($0) }, progress: { _ in })
    let trust = Trust(keys: try trustedKeys(), policy: try policy.map(TrustPolicy.init(text:)))
    let report = try await BundleVerifier(trust: trust).verify(GrowingFileSource(file: file))
    try folder.keep(file, place)
    return report
  }

  /// Writes ids and times of the log's entries, a line for each.
  private func correlate(
    _ log: LedgerLog, _ times: ClosedRange<Timestamp>, _ folder: CaseFolder, _ place: String
  ) async throws -> ClosedRange<Int64>? {
    let lines = CaseCorrelation(log.ledger)
    let file = try folder.begin(place)
    let numbers = try await export.entries(of: log, in: times) { try file.append(lines.line(of: $0).utf8) }
    if numbers == nil { folder.drop(place) } else { try folder.keep(file, place) }
    return numbers
  }
}
