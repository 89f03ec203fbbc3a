internal import Synchronization

/// Lets a bounded number of tests hold a database at once: a test runner starts hundreds at the same moment, and on a small machine they
/// would all be slow together instead of one after another fast.
final class LeaseTurns: Sendable {
  static let databases = LeaseTurns(atOnceMax: 6)

  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(atOnceMax: Int) { state = Mutex(State(free: atOnceMax)) }

  func take() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.free == 0 else {
          state.free -= 1
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  func giveBack() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      state.free += 1
      return nil
    }
    next?.resume()
  }
}
