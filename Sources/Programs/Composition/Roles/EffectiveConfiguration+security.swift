internal import Kernel
internal import Platform
internal import Security

extension EffectiveConfiguration {
  /// The tokens of all callers that this process knows; each deployment configures the subset that its roles need (C-03).
  var callerTokens: CallerTokens {
    var tokens = CallerTokens(legacy: text(Settings.sharedInternalToken), perCallerRequired: flag(Settings.perCallerTokenRequired))
    for caller in CallerLabel.allCases {
      tokens.active[caller] = text(Settings.token(of: caller))
      tokens.previous[caller] = text(Settings.previousToken(of: caller))
    }
    return tokens
  }

  /// Unusable where no signing key is configured.
  var brandSignatureKeys: BrandSignatureKeys {
    BrandSignatureKeys(active: text(Settings.brandSigningKey), previous: text(Settings.brandSigningKeyPrevious))
  }

  /// The player and operator keys that tokens are verified with.
  func keySet() throws -> KeySet? { try text(Settings.jwtPublicKeys).map { try KeySet(json: $0) } }

  /// Nil where no key for personal data is configured; then none is taken.
  func personalDataCipher() throws -> PersonalDataCipher? {
    guard let key = text(Settings.personalDataKey) else { return nil }
    return try PersonalDataCipher(currentKey: key, currentKeyID: text(Settings.personalDataKeyID) ?? "1")
  }
}
