/// One reason not to trust a backup, and where it shows.
package struct BackupFinding: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The raw values are public interface.
  package enum Code: String, Codable, CaseIterable, Sendable {
    /// The dump's file isn't the one that the manifest was written for.
    case dumpAltered = "dump_altered"
    /// PostgreSQL doesn't take it.
    case restoreFailed = "restore_failed"
    /// A table holds other rows than when the backup was made.
    case tableDiffers = "table_differs"
    /// The schema isn't the one that this program works with.
    case headMismatch = "head_mismatch"
    /// An entry, a chain or a checkpoint isn't as it was signed.
    case logRefused = "log_refused"
    /// A log ends elsewhere than the manifest says.
    case logHeadDiffers = "log_head_differs"
    /// No key of the history signed a checkpoint, or not as the log that it stands in.
    case checkpointUnsigned = "checkpoint_unsigned"
    /// There are checkpoints and no key history, so that nobody can say who signed them.
    case keysMissing = "keys_missing"
    /// The keys of today don't continue those of the backup.
    case keyReplaced = "key_replaced"
    /// None of the keys that the reader trusts is in the history.
    case keyUntrusted = "key_untrusted"
    /// What was published says something else than the backup.
    case publishedUnusable = "published_unusable"
    /// The walls between brands don't stand in the restored database.
    case wallMissing = "wall_missing"
  }

  package let code: Code
  /// What it is about: a table, a log, a key.
  package let subject: String
  package let detail: String

  package init(_ code: Code, _ subject: String, _ detail: String) {
    self.code = code
    self.subject = subject
    self.detail = detail
  }

  package var description: String { "\(code.rawValue) \(subject): \(detail)" }
}
