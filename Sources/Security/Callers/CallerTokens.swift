package import Kernel

/// The internal secrets that one consumer is given.
package struct CallerTokens: Sendable {
  package var active: [CallerLabel: String]
  package var previous: [CallerLabel: String]
  /// The shared `INTERNAL_SERVICE_TOKEN`; nil once it was removed.
  package var legacy: String?
  /// `PER_CALLER_TOKEN_REQUIRED`.
  package var perCallerRequired: Bool

  package init(
    active: [CallerLabel: String] = [:], previous: [CallerLabel: String] = [:], legacy: String? = nil, perCallerRequired: Bool = false
  ) {
    self.active = active
    self.previous = previous
    self.legacy = legacy
    self.perCallerRequired = perCallerRequired
  }
}
