package import Kernel

/// What the person who verifies brings along. Nothing else is trusted.
package struct Trust: Sendable {
  package static let ageSecondsMaxDefault: Int64 = 86_400

  /// Of the operators' keys (`<operator>/keys`).
  package let keys: [VerifierKey]
  package let policy: TrustPolicy?
  /// When the checkpoints must be new; nil to ask only that they reach to the end of the bundle's time.
  package let time: Timestamp?
  package let ageSecondsMax: Int64
  /// Checkpoints that came another way.
  package let seen: [SignedCheckpoint]

  package init(
    keys: [VerifierKey], policy: TrustPolicy? = nil, time: Timestamp? = nil, ageSecondsMax: Int64 = ageSecondsMaxDefault,
    seen: [SignedCheckpoint] = []
  ) {
    self.keys = keys
    self.policy = policy
    self.time = time
    self.ageSecondsMax = ageSecondsMax
    self.seen = seen
  }
}
