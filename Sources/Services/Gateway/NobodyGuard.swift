internal import Kernel
internal import Platform

/// Guards the gateway's own operations, all of which are open: nobody is ever admitted through it.
struct NobodyGuard: RequestGuard {
  func admit(_ request: GuardedRequest) async throws -> RequestIdentity { throw Problem(.forbidden) }
}
