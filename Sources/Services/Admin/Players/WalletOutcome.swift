internal import Kernel
internal import Platform

/// What became of a command that was given to the wallet.
enum WalletOutcome: Sendable {
  /// The wallet's answer, to be passed on byte for byte.
  case completed(InternalReply)
  /// The wallet refused; nothing moved.
  case refused(Problem)
  /// Whether money moved can't be told from here; the same command with the same key tells.
  case unknown(ProblemReason)

  /// The word in the audit row.
  var stage: String {
    switch self {
    case .completed: "completed"
    case .refused: "refused"
    case .unknown: "unknown"
    }
  }
}
