package import Kernel

/// Why a checkpoint isn't cosigned.
package enum WitnessRefusal: Error, Hashable, Sendable {
  case malformed(String)
  case unknownLog
  /// No true signature of the log's, or a false one under its name.
  case unsigned(String)
  /// The last checkpoint that was cosigned has this size, and not the one that the request continues.
  case conflict(Int64)
  /// The checkpoint doesn't continue the last one: proof that the log shows two histories.
  case inconsistent(String)
  /// The log shows a cosignature of ours that our state doesn't know.
  case stateLost(String)
  case tooMany
  case unusable(String)

  /// The `reason` label.
  package var label: String {
    switch self {
    case .malformed: "malformed"
    case .unknownLog: "unknown_log"
    case .unsigned: "unsigned"
    case .conflict: "conflict"
    case .inconsistent: "inconsistent"
    case .stateLost: "state_lost"
    case .tooMany: "rate_limited"
    case .unusable: "unusable"
    }
  }

  package static let labels = [
    "malformed", "unknown_log", "unsigned", "conflict", "inconsistent", "state_lost", "rate_limited", "unusable",
  ]

  /// The answer; nil for the one refusal that isn't a problem: a size, as tlog-witness has it.
  package var problem: Problem? {
    switch self {
    case .malformed(let detail): Problem(.malformedRequest, detail: detail)
    case .unknownLog: Problem(.logUnknown)
    case .unsigned(let detail): Problem(.logSignatureInvalid, detail: detail)
    case .conflict: nil
    case .inconsistent(let detail): Problem(.checkpointInconsistent, detail: detail)
    case .stateLost(let detail): Problem(.witnessStateLost, detail: detail)
    case .tooMany: Problem(.rateLimited, detail: "one log has so many checkpoints a minute and no more", retryAfterSeconds: 60)
    case .unusable(let detail): Problem(.unavailable, detail: detail)
    }
  }
}
