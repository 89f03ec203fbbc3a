/// One line of the list of backups.
package struct BackupSummary: Hashable, Sendable {
  /// How far somebody may lean on it.
  package enum State: String, Sendable {
    /// Restored, and found to be whole.
    case verified
    /// Restored, and found not to be.
    case failed
    /// Never restored since it was made.
    case unverified
    /// The dump has another size than the manifest says.
    case damaged
    /// It has no manifest: the program that made it didn't finish, or hasn't yet.
    case incomplete
  }

  package let name: String
  package let state: State
  /// Nil for an incomplete one.
  package let manifest: BackupManifest?
  package let verdict: BackupVerdict?
}
