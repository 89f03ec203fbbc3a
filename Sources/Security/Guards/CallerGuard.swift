internal import Contracts
internal import Kernel
internal import Logging
package import Platform

/// Establishes which role an internal call comes from: the seed's `require_internal_service_token`, shared by every consumer.
package struct CallerGuard: Sendable {
  private let verifier: CallerTokenVerifier
  private let metrics: CallerTokenMetrics

  package init(verifier: CallerTokenVerifier, metrics: PlatformMetrics) {
    self.verifier = verifier
    self.metrics = CallerTokenMetrics(metrics: metrics)
  }

  /// - Throws: `Problem` with `caller_token_invalid` or `caller_mismatch`. Neither says which secret was nearly right.
  package func admit(_ request: GuardedRequest) throws -> VerifiedCaller {
    do throws(CallerTokenRefusal) {
      let caller = try verifier.verify(
        token: request.header(HeaderNames.internalServiceToken), claimed: claimedCaller(request))
      metrics.count(caller)
      return caller
    } catch {
      metrics.count(error)
      request.logger.warning("internal call refused", metadata: ["reason": "\(error.reason.rawValue)", "route": "\(request.route)"])
      throw Problem(error.reason)
    }
  }

  /// Who it comes from where that is proven; counts nothing.
  func sighting(of request: GuardedRequest) -> CallerLabel? {
    try? verifier.verify(token: request.header(HeaderNames.internalServiceToken), claimed: claimedCaller(request)).label
  }

  /// Nil when the header is absent; a repeated one claims nobody that exists.
  private func claimedCaller(_ request: GuardedRequest) -> String? {
    guard request.carries(HeaderNames.callerService) else { return nil }
    return request.header(HeaderNames.callerService) ?? ""
  }
}
