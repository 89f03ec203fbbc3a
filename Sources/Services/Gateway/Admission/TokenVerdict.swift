internal import Kernel

/// What the request's token is worth.
enum TokenVerdict: Hashable, Sendable {
  /// No Authorization field.
  case absent
  /// - Parameter name: the rule that the token broke, for the log.
  case refused(ProblemReason, name: String)
  case valid(brand: BrandID, player: PlayerID, session: String)
}
