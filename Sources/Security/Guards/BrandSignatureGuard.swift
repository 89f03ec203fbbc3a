internal import Contracts
internal import HTTPTypes
package import Kernel
internal import Logging
package import Platform

/// Checks the brand signature of internal brand-scoped writes, and counts (S0-SIG).
package struct BrandSignatureGuard: Sendable {
  private let verifier: BrandSignatureVerifier
  private let policy: BrandSignaturePolicy
  private let replays: (any BrandSignatureReplays)?
  private let clock: WallClock
  private let metrics: BrandSignatureMetrics

  package init(
    keys: BrandSignatureKeys, policy: BrandSignaturePolicy, replays: (any BrandSignatureReplays)? = nil, clock: WallClock = .system,
    metrics: PlatformMetrics
  ) {
    self.verifier = BrandSignatureVerifier(keys: keys)
    self.policy = policy
    self.replays = replays
    self.clock = clock
    self.metrics = BrandSignatureMetrics(registry: metrics.registry, mode: policy.mode, isRequired: policy.isRequired)
  }

  /// - Throws: `Problem` with `brand_signature_missing`, `brand_signature_invalid` or, where the fault is ours, `unavailable`.
  package func admit(_ request: GuardedRequest, caller: CallerLabel, brand: BrandID) async throws {
    do throws(BrandSignatureFailure) {
      try await check(request, caller: caller, brand: brand)
    } catch {
      metrics.count(error, caller: caller)
      let refusal = policy.refusal(for: error)
      request.logger.warning(
        "brand signature doesn't count",
        metadata: ["reason": "\(error.rawValue)", "caller_service": "\(caller.rawValue)", "refused": "\(refusal != nil)"])
      if let refusal { throw Problem(refusal) }
    }
  }

  private func check(_ request: GuardedRequest, caller: CallerLabel, brand: BrandID) async throws(BrandSignatureFailure) {
    let signed = BrandSignedRequest(
      caller: caller, brand: brand, method: request.method.rawValue, target: request.target, body: request.body)
    // A repeated header can't be read in one way, so it counts as a malformed one and not as a missing one.
    let header = request.carries(HeaderNames.brandSignature) ? request.header(HeaderNames.brandSignature) ?? "v1." : nil
    let proof = try verifier.verify(header: header, request: signed, now: clock.now())
    try await replays?.remember(proof)
    if proof.usedPreviousKey { metrics.countPreviousKey(caller: caller) }
  }
}
