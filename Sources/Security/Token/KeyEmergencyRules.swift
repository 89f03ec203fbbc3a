/// Which key may be taken from the verifiers at once, because somebody else has it (S0-JWT-10). Pure.
package enum KeyEmergencyRules {
  package enum Refusal: Error, Hashable, Sendable {
    /// Without it no token would be good, also none that players get when they log in again.
    case onlyKey
    /// An issuer is configured to sign with it: every log-in would give a token that nobody takes.
    case signs
  }

  /// A key that isn't among them is gone already, as after an interrupted attempt; that is no reason to stop.
  ///
  /// - Parameters:
  ///   - keys: those that are accepted now.
  ///   - signing: those that issuers are configured to sign with.
  package static func check(_ key: KeyID, among keys: [KeyID], signing: [KeyID]) throws(Refusal) {
    guard !signing.contains(key) else { throw .signs }
    guard keys.contains(where: { $0 != key }) else { throw .onlyKey }
  }
}
