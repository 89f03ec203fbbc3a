package import Kernel

/// A brand signature that was verified. Only ``BrandSignatureVerifier`` makes one.
package struct BrandSignatureProof: Hashable, Sendable {
  package let caller: CallerLabel
  package let brand: BrandID
  /// Whether the outgoing key made it; counted, so that a rotation knows when nobody uses that key any more (S0-SIG-10).
  package let usedPreviousKey: Bool
  /// Names this one signature, for a replay cache: caller and nonce.
  package let replayKey: String
  /// Seconds since 1970 from which the verifier refuses it as stale; a replay cache needs to remember it no longer.
  package let expiresAt: Int64

  init(caller: CallerLabel, brand: BrandID, usedPreviousKey: Bool, replayKey: String, expiresAt: Int64) {
    self.caller = caller
    self.brand = brand
    self.usedPreviousKey = usedPreviousKey
    self.replayKey = replayKey
    self.expiresAt = expiresAt
  }
}
