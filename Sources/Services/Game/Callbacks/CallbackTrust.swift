/// Why a callback may be believed.
package enum CallbackTrust: Hashable, Sendable {
  /// It must carry the provider's signature.
  case signature
  /// An operator replays what was received before: everything but the signature is checked again (C-37).
  case replay
}
