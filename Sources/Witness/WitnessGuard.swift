internal import Kernel
internal import Platform

/// A witness has open operations alone: what it is asked for is signed by a log, or it is refused.
struct WitnessGuard: RequestGuard {
  func admit(_ request: GuardedRequest) async throws -> RequestIdentity { throw Problem(.forbidden) }
}
