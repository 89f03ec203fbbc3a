internal import Contracts
package import HTTPTypes
package import Kernel
package import Platform

/// Signs the outbound brand-scoped writes of a role that holds the key (S0-SIG-01, S0-SIG-17).
package struct BrandRequestSigner: RequestSigner {
  private let signer: BrandSigner
  private let clock: WallClock

  package init(signer: BrandSigner, clock: WallClock = .system) {
    self.signer = signer
    self.clock = clock
  }

  /// Reads and calls without a brand are not signed.
  package func headers(for call: OutboundCall) -> HTTPFields {
    guard let brand = call.brand, call.method != .get, call.method != .head, let name = HTTPField.Name(HeaderNames.brandSignature)
    else { return [:] }
    let request = BrandSignedRequest(
      caller: call.caller, brand: brand, method: call.method.rawValue, target: call.target, body: call.body)
    return [name: signer.sign(request, now: clock.now())]
  }
}
