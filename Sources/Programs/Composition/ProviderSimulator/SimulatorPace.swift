/// Spreads requests evenly over time.
actor SimulatorPace {
  private let gap: Duration
  private var next = ContinuousClock.now

  /// - Parameter rate: requests a second, of all sessions together; nil for as fast as answers come.
  init(rate: Int?) { gap = rate.map { .seconds(1) / $0 } ?? .zero }

  /// Returns when the caller may send.
  func turn() async throws {
    guard gap > .zero else { return }
    let mine = max(next, .now)
    next = mine + gap
    try await Task.sleep(until: mine, clock: .continuous)
  }
}
