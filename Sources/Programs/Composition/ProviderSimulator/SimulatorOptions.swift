package import Kernel

/// What is played.
package struct SimulatorOptions: Sendable {
  package var provider: SimulatedProvider
  package var seed: UInt64 = 1
  /// Nil for the default, or for as many as the time allows where one is given.
  package var sessions: Int?
  /// Only the session of that number.
  package var onlySession: Int?
  package var seconds: Int?
  package var rate: Int?
  package var hosts = ["default.local", "brand2.local"]
  package var brand: BrandID?
  package var game = "simulated"

  package init(provider: SimulatedProvider) { self.provider = provider }

  /// The numbers of the sessions.
  var numbers: Range<Int> {
    if let onlySession { return onlySession..<(onlySession + 1) }
    return 0..<(sessions ?? (seconds == nil ? 20 : 1_000_000))
  }
}
