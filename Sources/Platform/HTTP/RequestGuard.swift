/// Decides who a request comes from and whether it may go on. `Security` provides the guards; a role has one.
package protocol RequestGuard: Sendable {
  /// - Returns: what is established about the caller; every handler trusts it.
  /// - Throws: `Problem` to refuse; any other error is answered as the failure it is (503 for a driver's, 500 otherwise).
  func admit(_ request: GuardedRequest) async throws -> RequestIdentity
}
