internal import Contracts
internal import HTTPTypes
internal import Kernel
internal import Platform

/// Checks of topology documents, for roles and their background work.
struct WalletTopologyRoutes: Sendable {
  let check: WalletTopologyCheck
  let metrics: PlatformMetrics

  var endpoints: [Endpoint] {
    [
      Endpoint(
        .post, "/internal/wallet/topology/check", id: "checkTopology",
        summary: "Whether a topology could follow the active one of the brand of X-Brand-Id, or without one of the default brand",
        access: .internalCall(brand: .none), body: WalletTopologyCheckBody.self, reply: .json(WalletTopologyCheckAnswer.self),
        refusals: [.topologyMissing, .missingHeader, .unresolvedBrand, .internalError]
      ) { request, body in
        guard let caller = request.identity.caller else { throw Problem(.unauthenticated) }
        return try .json(try await check.check(body.document, brand: try brand(of: request), caller: caller))
      }
    ]
  }

  /// The guard reads no brand where none is demanded. A header that is there and no brand is refused, never taken for none.
  private func brand(of request: EndpointRequest) throws(Problem) -> BrandID? {
    guard request.headers.contains(where: { $0.name.canonicalName == HeaderNames.brandID }) else { return nil }
    guard let brand = request.header(HeaderNames.brandID).flatMap({ BrandID(text: $0) }) else {
      metrics.countResolutionFailure(.missingHeader)
      throw Problem(.missingHeader, detail: "\(HeaderNames.brandID) is no brand; a caller without one leaves it out")
    }
    return brand
  }
}
