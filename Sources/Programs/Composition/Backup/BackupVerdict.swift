/// What a restore of a backup into an isolated database showed.
package struct BackupVerdict: Codable, Hashable, Sendable {
  package let format: Int
  package let backup: String
  /// Of the manifest that this is about; a verdict beside another manifest counts for nothing.
  package let manifestSha256: String
  package let headsSha256: String
  package let at: BackupMoment
  package let version: String
  package let commit: String
  package let expectedHead: Int64
  package let actualHead: Int64
  package let steps: [RestoreStep]
  package let logs: [RestoredLog]
  package let keys: [BackupKey]
  package let isVerified: Bool

  package var findings: [BackupFinding] { steps.flatMap(\.findings) }

  /// Of the steps together: how long it takes until the restored database could be promoted.
  package var seconds: Double { steps.compactMap(\.seconds).reduce(0, +) }
}
