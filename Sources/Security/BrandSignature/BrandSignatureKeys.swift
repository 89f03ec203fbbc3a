internal import Crypto

/// `BRAND_SIGNING_KEY` and, during a rotation, `BRAND_SIGNING_KEY_PREV`. The UTF-8 bytes of the setting are the HMAC key.
package struct BrandSignatureKeys: Sendable {
  package static let keyBytesMin = 16

  let active: SymmetricKey?
  /// Nil also while it equals the active key, as it does in the first step of a rotation (S0-SIG-11).
  let previous: SymmetricKey?

  /// - Returns: nil if a key is shorter than ``keyBytesMin``.
  package init?(active: String?, previous: String? = nil) {
    let settings = [active, previous].compactMap { $0 }
    guard settings.allSatisfy({ $0.utf8.count >= Self.keyBytesMin }) else { return nil }
    self.active = active.map { SymmetricKey(data: Array($0.utf8)) }
    self.previous = previous == active ? nil : previous.map { SymmetricKey(data: Array($0.utf8)) }
  }

  /// Whether writes can be signed and verified at all.
  package var isUsable: Bool { active != nil }
}
