/// Decides who a request comes from and whether it may go on. `Security` provides the guards; a role has one.
package protocol RequestGuard: Sendable {
  /// - Returns: what is established about the caller; every handler trusts it.
  /// - Throws: `Problem` to refuse; any other error is answered as the failure it is (503 for a driver's, 500 otherwise).
  func admit(_ request: GuardedRequest) async throws -> RequestIdentity

  /// What is established about whoever sent a request that ``admit(_:)`` refused. It counts nothing and asks nobody; nothing that the request
  /// only claims is in it.
  func sighting(of refused: GuardedRequest) -> RequestIdentity
}

extension RequestGuard {
  package func sighting(of refused: GuardedRequest) -> RequestIdentity { .anonymous }
}
