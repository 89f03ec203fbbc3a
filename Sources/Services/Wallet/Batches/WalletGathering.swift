internal import Synchronization

/// Collects the outcomes of commands that came together and hands them over, in their order, when the last one is there.
final class WalletGathering: Sendable {
  private struct State {
    var outcomes: [WalletOutcome?]
    var missing: Int
  }

  private let state: Mutex<State>
  private let done: @Sendable ([WalletOutcome]) -> Void

  init(count: Int, done: @escaping @Sendable ([WalletOutcome]) -> Void) {
    self.state = Mutex(State(outcomes: Array(repeating: nil, count: count), missing: count))
    self.done = done
  }

  func put(_ outcome: WalletOutcome, at index: Int) {
    let all = state.withLock { state -> [WalletOutcome]? in
      guard state.outcomes[index] == nil else { return nil }
      state.outcomes[index] = outcome
      state.missing -= 1
      return state.missing == 0 ? state.outcomes.compactMap { $0 } : nil
    }
    if let all { done(all) }
  }
}
