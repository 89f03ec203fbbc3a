internal import Crypto

/// `BRAND_SIGNING_KEY` and, during a rotation, `BRAND_SIGNING_KEY_PREV`. The UTF-8 bytes of the setting are the HMAC key.
package struct BrandSignatureKeys: Sendable {
  package static let keyBytesMin = 16

  /// Nil also for a key that is too short: then nothing can be signed, and a verifier is misconfigured.
  let active: SymmetricKey?
  /// Nil also while it equals the active key, as it does in the first step of a rotation (S0-SIG-11).
  let previous: SymmetricKey?

  /// Whether somebody set a key here, usable or not.
  let isConfigured: Bool

  package init(active: String?, previous: String? = nil) {
    self.active = active.flatMap(Self.key)
    self.previous = previous == active ? nil : previous.flatMap(Self.key)
    self.isConfigured = active != nil || previous != nil
  }

  private static func key(_ setting: String) -> SymmetricKey? {
    setting.utf8.count < keyBytesMin ? nil : SymmetricKey(data: Array(setting.utf8))
  }

  /// Whether writes can be signed and verified at all.
  package var isUsable: Bool { active != nil }
}
