/// What a restore drill showed: that the newest backup can become the database, how long that takes, and what would be lost.
package struct DrillRecord: Codable, Hashable, Sendable {
  package let kind: String
  package let startedAt: BackupMoment
  package let backup: String
  /// From the first byte read to a database that could be promoted.
  package let rtoSeconds: Double
  /// Of the log that would lose most.
  package let rpoEntries: Int64
  package let rpoSeconds: Int64
  package let isPassed: Bool
  package let verdict: BackupVerdict
}
