/// Why a log isn't signed any further. Nothing that was published is taken back; somebody has to look.
package struct LogRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Reason: String, CaseIterable, Sendable {
    /// The ledger has fewer entries than were signed: most likely a database that was restored.
    case behindPublished = "behind_published"
    /// The entries lead to another root than the one that was signed.
    case contradictsPublished = "contradicts_published"
    /// An entry doesn't follow the one before it, or hasn't the hash that its row says.
    case chainBroken = "chain_broken"
    /// What is kept of the last checkpoint isn't what was signed.
    case checkpointAltered = "checkpoint_altered"
    /// An operator has paused signing (`cordon keys signing pause`).
    case signingPaused = "signing_paused"
    /// The key was rotated out: the one after it signs.
    case keySuperseded = "key_superseded"
    /// The key was announced for a later time.
    case keyNotYetValid = "key_not_yet_valid"
    /// The database knows the operator by other keys.
    case keyUnknown = "key_unknown"
    /// What was signed can't be remembered outside of the database.
    case memoryUnusable = "memory_unusable"
  }

  package let reason: Reason
  package let detail: String

  package init(_ reason: Reason, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }

  package var description: String { "\(reason.rawValue): \(detail)" }
}
