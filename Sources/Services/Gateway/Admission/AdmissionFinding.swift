internal import Kernel

/// What admission found wrong in terms of brands and credentials: each is counted, in every enforcement mode.
enum AdmissionFinding: Hashable, Sendable {
  case unknownDomain
  /// Redis could not be asked for the binding.
  case redisError
  /// The token's brand is not the host's; nil when the token names none (S0-RES-07).
  case brandMismatch(tokenBrand: BrandID?, player: PlayerID? = nil, session: String? = nil)
  case unknownKeyID
  case sessionMissing
}
