internal import Kernel

/// Whether a refresh token may be exchanged. Pure: what the rows say goes in, the decision comes out.
enum RefreshRules {
  struct State: Hashable, Sendable {
    let isRevoked: Bool
    let isUsed: Bool
    let expiresAt: Timestamp
    let isSuspended: Bool
  }

  enum Decision: Hashable, Sendable {
    case rotate
    /// The token was used before: somebody holds a copy, and nobody can tell who. The whole family ends.
    case endFamily
    case refuse(ProblemReason)
  }

  static func decide(_ state: State, now: Timestamp) -> Decision {
    if state.isRevoked { return .refuse(.sessionMissing) }
    if state.isUsed { return .endFamily }
    if now >= state.expiresAt { return .refuse(.tokenExpired) }
    return state.isSuspended ? .refuse(.playerSuspended) : .rotate
  }
}
