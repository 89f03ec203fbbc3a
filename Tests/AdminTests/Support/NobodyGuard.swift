import Kernel
import Platform

/// Admits nobody: for roles whose endpoints are all open.
struct NobodyGuard: RequestGuard {
  func admit(_ request: GuardedRequest) async throws -> RequestIdentity { throw Problem(.forbidden) }
}
