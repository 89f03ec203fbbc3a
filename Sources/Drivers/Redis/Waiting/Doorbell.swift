import Synchronization

/// Wakes one sleeper. A ring while nobody sleeps is kept, once.
final class Doorbell: Sendable {
  private struct State {
    var rung = false
    var sleeper: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func ring() {
    let sleeper = state.withLock { state in
      defer { state.sleeper = nil }
      if state.sleeper == nil { state.rung = true }
      return state.sleeper
    }
    sleeper?.resume()
  }

  /// Returns after the next ring, or when the task is cancelled. At most one task may wait at a time.
  func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let passes = state.withLock { state in
          if state.rung || Task.isCancelled {
            state.rung = false
            return true
          }
          state.sleeper = continuation
          return false
        }
        if passes { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.sleeper.take() }?.resume()
    }
  }
}
