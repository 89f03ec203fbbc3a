internal import Kernel
internal import Logging
internal import Platform

/// Whether callbacks are their providers': the signature over the raw bytes, before anything in them is read.
package struct CallbackSignatures: Sendable {
  private let keys: ProviderKeys
  /// `VERIFY_CALLBACKS`. Off is refused at boot in production-grade environments.
  private let verifies: Bool
  private let metrics: GameMetrics

  init(keys: ProviderKeys, verifies: Bool, metrics: GameMetrics) {
    self.keys = keys
    self.verifies = verifies
    self.metrics = metrics
  }

  func accept(_ arrival: CallbackArrival) -> Bool {
    guard arrival.trust == .signature else { return true }
    let provider = arrival.profile.name
    guard verifies else {
      metrics.verificationBypassed.increment([provider])
      return true
    }
    if keys.keys(of: provider).contains(where: { arrival.profile.accepts(arrival.headers, arrival.body, by: $0) }) { return true }
    metrics.signatureFailed.increment([provider])
    arrival.context.logger.warning(
      "callback's signature does not verify", metadata: ["event": "callback_signature_invalid", "provider": "\(provider)"])
    return false
  }
}
