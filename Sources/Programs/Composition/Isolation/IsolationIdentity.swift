internal import Kernel
package import Platform
internal import Security

/// With what the audit shows who it is: the tokens of the roles that it stands in for, and the secrets of those outside.
package struct IsolationIdentity: Sendable {
  /// Whom internal calls are made as.
  static let callers: [CallerLabel] = [.gateway, .admin]

  private let tokens: [CallerLabel: String]
  let signer: BrandRequestSigner?
  let providerKeys: [SimulatedProvider: SimulatorKey]
  private let paymentSecrets: [String: String]
  private let commonPaymentSecret: String?

  /// `INTERNAL_SERVICE_TOKEN_GATEWAY` and `_ADMIN`, `BRAND_SIGNING_KEY`, `GAME_SIMULATOR_KEYS`, `PLISIO_SECRET_KEY(S)`.
  package init(_ configuration: EffectiveConfiguration) throws(HarnessFault) {
    var tokens: [CallerLabel: String] = [:]
    for caller in Self.callers {
      let settings = [Settings.token(of: caller), Settings.sharedInternalToken]
      guard let token = settings.lazy.compactMap({ configuration.text($0) }).first else { throw .tokenMissing(caller: caller) }
      tokens[caller] = token
    }
    self.tokens = tokens
    signer = BrandSigner(keys: configuration.brandSignatureKeys).map { BrandRequestSigner(signer: $0) }
    let keys = configuration.text(Settings.gameSimulatorKeys)
    providerKeys = SimulatedProvider.allCases.reduce(into: [:]) { $0[$1] = try? SimulatorKey(of: $1, in: keys) }
    commonPaymentSecret = configuration.text(Settings.plisioSecret)
    paymentSecrets = Self.texts(configuration.text(Settings.plisioSecrets))
  }

  private static func texts(_ json: String?) -> [String: String] {
    guard let json, case .object(let members)? = try? JSONDocument.parse(Array(json.utf8)) else { return [:] }
    return members.reduce(into: [:]) { $0[$1.name] = $1.value.text }
  }

  func token(of caller: CallerLabel) -> String { tokens[caller] ?? "" }

  func paymentSecret(of brand: DemoBrand) -> String? { paymentSecrets[brand.code] ?? commonPaymentSecret }

  /// The operator of a brand, whom the audit makes where there is none.
  static func operatorID(of brand: DemoBrand) -> String { "ops:isolation:\(brand.code)" }
}
