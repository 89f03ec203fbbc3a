package import Kernel

/// What a verification saw of one log.
package struct VerifiedLog: Hashable, Sendable {
  package let log: BundleLog
  package let checkpoint: Checkpoint
  /// When the log signed the checkpoint.
  package let time: Timestamp
  /// Number of the key that signed it.
  package let key: Int64
}
