internal import Contracts
package import Kernel
internal import Logging
package import Platform

/// Reads the brand of an internal call from `X-Brand-Id` (S0-RES-11 to S0-RES-13).
package struct BrandHeaderGuard: Sendable {
  private let mode: EnforcementMode
  private let metrics: PlatformMetrics

  package init(mode: EnforcementMode, metrics: PlatformMetrics) {
    self.mode = mode
    self.metrics = metrics
    for reason in [ProblemReason.missingHeader, .unresolvedBrand] { metrics.declareResolutionFailure(reason) }
  }

  /// - Returns: nil if there is no usable brand and the mode doesn't reject; then every use of a brand refuses with
  ///   `Brand context required for <route>`, because there is no default to fall back on.
  /// - Throws: `Problem` with `missing_header` in `enforce`.
  package func brand(of request: GuardedRequest, caller: CallerLabel) throws -> BrandID? {
    // Zero, negative and non-numeric values are no brand either: who means none leaves the header out.
    if let brand = request.header(HeaderNames.brandID).flatMap({ BrandID(text: $0) }) { return brand }
    metrics.countResolutionFailure(.missingHeader)
    request.logger.warning(
      "internal call without brand",
      metadata: [
        "reason": "\(ProblemReason.missingHeader.rawValue)", "caller_service": "\(caller.rawValue)", "route": "\(request.route)",
        "request_id": "\(request.requestID)",
      ])
    guard mode.rejects else { return nil }
    throw Problem(.missingHeader, detail: "Brand context required for \(request.route)")
  }
}
