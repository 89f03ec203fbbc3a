package import Kernel
package import Platform

/// As whom the harness makes internal calls (S0-TOK-16).
package struct HarnessIdentity: Hashable, Sendable {
  package let caller: CallerLabel
  package let token: String

  /// `E2E_INTERNAL_CALLER_SERVICE`, by default the gateway, with `E2E_INTERNAL_SERVICE_TOKEN`, by default that caller's own token.
  package init(_ configuration: EffectiveConfiguration) throws(HarnessFault) {
    let name = configuration.text(Settings.harnessCaller) ?? CallerLabel.gateway.rawValue
    guard let caller = CallerLabel(rawValue: name) else { throw .unknownCaller(name) }
    let settings = [Settings.harnessToken, Settings.token(of: caller), Settings.sharedInternalToken]
    guard let token = settings.lazy.compactMap({ configuration.text($0) }).first else { throw .tokenMissing(caller: caller) }
    self.caller = caller
    self.token = token
  }
}
