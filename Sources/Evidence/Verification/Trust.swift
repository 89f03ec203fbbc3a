package import Kernel

/// What the person who verifies brings along. Nothing else is trusted.
package struct Trust: Sendable {
  package static let ageSecondsMaxDefault: Int64 = 86_400

  /// Of the operators' keys (`<operator>/keys`), those of trusted histories among them.
  package let keys: [VerifierKey]
  package let policy: TrustPolicy?
  /// When the checkpoints must be new; nil to ask only that they reach to the end of the bundle's time.
  package let time: Timestamp?
  package let ageSecondsMax: Int64
  /// Checkpoints that came another way.
  package let seen: [SignedCheckpoint]
  /// Of those that were given, the ones that the given keys trust.
  private let histories: [KeyHistory]

  /// - Parameter histories: at most one of an operator; one that none of `keys` is in is left out.
  package init(
    keys: [VerifierKey], policy: TrustPolicy? = nil, time: Timestamp? = nil, ageSecondsMax: Int64 = ageSecondsMaxDefault,
    seen: [SignedCheckpoint] = [], histories: [KeyHistory] = []
  ) {
    self.histories = histories.filter { $0.isTrusted(by: keys) }
    self.keys = keys + self.histories.flatMap(\.verifierKeys)
    self.policy = policy
    self.time = time
    self.ageSecondsMax = ageSecondsMax
    self.seen = seen
  }

  /// Every key of the operator as far as the person who verifies knows; nil where no history was given.
  func history(of operatorName: OperatorName) -> KeyHistory? { histories.first { $0.operatorName == operatorName } }
}
