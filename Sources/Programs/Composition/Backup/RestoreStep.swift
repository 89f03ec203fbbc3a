/// One step of a restore, and how long it took.
package struct RestoreStep: Codable, Hashable, Sendable {
  /// In their order; one that fails ends the restore.
  package enum Name: String, Codable, CaseIterable, Sendable {
    case restore
    case headCheck = "head_check"
    case integrity
    case promote
  }

  package let name: Name
  /// Nil for a step that was not reached.
  package let seconds: Double?
  package let findings: [BackupFinding]

  package var passed: Bool { seconds != nil && findings.isEmpty }
}
