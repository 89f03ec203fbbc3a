internal import Kernel
internal import Platform

/// The guard of a role that has no operations of its own.
struct ClosedGuard: RequestGuard {
  func admit(_ request: GuardedRequest) async throws -> RequestIdentity { throw Problem(.forbidden) }
}
