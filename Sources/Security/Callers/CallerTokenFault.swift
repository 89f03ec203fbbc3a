package import Kernel

/// Why a set of internal secrets is refused at boot. Names the settings, never their values.
package enum CallerTokenFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The setting has fewer than ``CallerTokenVerifier/tokenBytesMin`` bytes.
  case tooShort(setting: String)
  /// Two settings hold one secret, so it would prove no identity.
  case shared(setting: String, other: String)
  /// A `_PREV` without its active token would never be rotated out.
  case previousWithoutActive(CallerLabel)

  package var description: String {
    switch self {
    case .tooShort(let setting): "\(setting) is shorter than \(CallerTokenVerifier.tokenBytesMin) bytes"
    case .shared(let setting, let other): "\(setting) and \(other) hold the same secret"
    case .previousWithoutActive(let caller):
      "INTERNAL_SERVICE_TOKEN_\(caller.environmentSuffix)_PREV is set without INTERNAL_SERVICE_TOKEN_\(caller.environmentSuffix)"
    }
  }
}
