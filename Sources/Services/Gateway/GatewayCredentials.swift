internal import Contracts
internal import Kernel
internal import Platform
internal import Security

/// The gateway's caller label, its internal token and its brand signature.
struct GatewayCredentials: ServiceCredentials {
  private let lines: String
  private let signer: BrandSigner?
  private let clock: WallClock

  init(configuration: EffectiveConfiguration, clock: WallClock) {
    let token = configuration.text(Settings.token(of: .gateway)) ?? configuration.text(Settings.sharedInternalToken)
    lines =
      "\(HeaderNames.callerService): \(CallerLabel.gateway.rawValue)\r\n"
      + (token.map { "\(HeaderNames.internalServiceToken): \($0)\r\n" } ?? "")
    signer = BrandSigner(keys: BrandSignatureKeys(active: configuration.text(Settings.brandSigningKey)))
    self.clock = clock
  }

  func fieldLines(for service: ServiceRole) -> String { lines }

  func signature(brand: BrandID, method: String, target: String, body: [UInt8]) -> String? {
    signer?.sign(BrandSignedRequest(caller: .gateway, brand: brand, method: method, target: target, body: body), now: clock.now())
  }
}
