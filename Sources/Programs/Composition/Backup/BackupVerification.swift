package import Evidence
package import Kernel
package import Logging
package import Platform

/// Restores a backup into a PostgreSQL of its own and asks whether it could be promoted. Touches no other database.
package struct BackupVerification: Sendable {
  package struct Request: Sendable {
    package let folder: BackupFolder
    /// Of the keys as they are today; nil where they aren't at hand.
    package let history: KeyHistory?
    /// Keys that the reader trusts; none where he names none.
    package let trusted: [VerifierKey]
    package let published: PublishedCheckpoints
    package let live: [BrandID: LiveEnd]
    /// Brings an older schema to this program's head; nil: an older one is refused.
    package let migrations: String?
    package let workDirectory: String?

    package init(
      folder: BackupFolder, history: KeyHistory?, trusted: [VerifierKey], published: PublishedCheckpoints, live: [BrandID: LiveEnd],
      migrations: String?, workDirectory: String?
    ) {
      self.folder = folder
      self.history = history
      self.trusted = trusted
      self.published = published
      self.live = live
      self.migrations = migrations
      self.workDirectory = workDirectory
    }
  }

  private let build: BuildInformation
  private let logger: Logger

  package init(build: BuildInformation, logger: Logger) {
    self.build = build
    self.logger = logger
  }

  /// Writes the verdict beside the manifest, good or bad.
  package func run(_ request: Request, progress: @escaping @Sendable (String) -> Void) async throws -> BackupVerdict {
    let (manifest, sha256) = try request.folder.readManifest()
    let begin = ContinuousClock.now
    let outcome = try await IsolatedDatabase.with(in: request.workDirectory, logger: logger) { isolated in
      try await steps(RestoreInspection(manifest: manifest, request: request, isolated: isolated, progress: progress), since: begin)
    }
    let verdict = BackupVerdict(
      format: BackupManifest.formatNow, backup: manifest.name, manifestSha256: sha256, headsSha256: manifest.headsSha256,
      at: BackupMoment(WallClock.system.now()), version: build.version, commit: build.commit, expectedHead: SchemaHead.expected,
      actualHead: manifest.snapshot.head, steps: outcome.steps, logs: outcome.logs, keys: manifest.keys,
      isVerified: outcome.steps.allSatisfy(\.passed))
    try DurableFile.write(try BackupJSON.bytes(of: verdict), to: request.folder.verdict, mode: 0o444)
    return verdict
  }

  /// What follows a failed step is not reached. The first one's time includes the start of its server.
  private func steps(_ inspection: RestoreInspection, since begin: ContinuousClock.Instant) async throws -> (
    steps: [RestoreStep], logs: [RestoredLog]
  ) {
    var steps: [RestoreStep] = []
    var logs: [RestoredLog] = []
    var begin = begin
    for name in RestoreStep.Name.allCases {
      guard steps.allSatisfy(\.passed) else {
        steps.append(RestoreStep(name: name, seconds: nil, findings: []))
        continue
      }
      inspection.progress(name.rawValue)
      let findings: [BackupFinding]
      switch name {
      case .restore: findings = try await inspection.restore()
      case .headCheck: findings = try await inspection.checkHead()
      case .integrity:
        let checked = try await inspection.checkIntegrity()
        findings = checked.findings
        logs = checked.logs
      case .promote: findings = try await inspection.checkPromotion()
      }
      let end = ContinuousClock.now
      steps.append(RestoreStep(name: name, seconds: ((end - begin) / .milliseconds(1)).rounded() / 1000, findings: findings))
      begin = end
    }
    return (steps, logs)
  }
}
