internal import HTTPTypes
internal import Kernel
internal import Platform

/// Reads the outcome of a wallet command from what came back. Pure.
enum WalletOutcomeRules {
  /// After these the wallet may have committed. An answer that makes no sense counts as none.
  private static let undecided: Set<ProblemReason> = [.outcomeUnknown, .upstreamUnavailable, .upstreamTimeout, .internalError]

  static func outcome(of reply: InternalReply) -> WalletOutcome {
    guard reply.status.kind != .successful else { return .completed(reply) }
    return outcome(of: UpstreamProblem.problem(from: reply, target: .walletService))
  }

  static func outcome(of problem: Problem) -> WalletOutcome {
    undecided.contains(problem.reason) ? .unknown(problem.reason) : .refused(problem)
  }
}
