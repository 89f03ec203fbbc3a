package import Kernel

/// Why an internal call's token is refused, in the order of the checks.
package enum CallerTokenRefusal: Error, Hashable, Sendable {
  case tokenMissing
  /// The token is none that this consumer knows; also that of a caller which is not configured here (C-03).
  case tokenUnknown
  /// The token belongs to `owner`, and `X-Caller-Service` says something else (S0-TOK-14, C-16).
  case callerMismatch(owner: CallerLabel)
  /// The shared token proves no identity, and the header names none either.
  case callerMissing
  /// `PER_CALLER_TOKEN_REQUIRED=on` (S0-TOK-05).
  case legacyRejected(caller: CallerLabel)

  package var reason: ProblemReason {
    switch self {
    case .tokenMissing, .tokenUnknown, .callerMissing, .legacyRejected: .callerTokenInvalid
    case .callerMismatch: .callerMismatch
    }
  }
}
