internal import Kernel
internal import Platform

/// The restore drill: the four steps on an isolated copy, with their figures, kept beside the backup.
package struct RestoreDrill: Sendable {
  private let verification: BackupVerification

  package init(verification: BackupVerification) { self.verification = verification }

  /// - Returns: the record, and the file that it stands in.
  package func run(
    _ request: BackupVerification.Request, progress: @escaping @Sendable (String) -> Void
  ) async throws -> (record: DrillRecord, path: String) {
    let started = WallClock.system.now()
    let verdict = try await verification.run(request, progress: progress)
    let record = DrillRecord(
      kind: "restore", startedAt: BackupMoment(started), backup: verdict.backup, rtoSeconds: verdict.seconds,
      rpoEntries: verdict.logs.map(\.rpoEntries).max() ?? 0, rpoSeconds: verdict.logs.map(\.rpoSeconds).max() ?? 0,
      isPassed: verdict.isVerified, verdict: verdict)
    let path = "\(request.folder.path)/drill-\(try BackupName(at: started, label: nil)).json"
    try DurableFile.write(try BackupJSON.bytes(of: record), to: path, mode: 0o444)
    return (record, path)
  }
}
