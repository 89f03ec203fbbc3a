import Synchronization

/// A door that is opened once and stays open; any number of tasks may wait for it.
final class Latch: Sendable {
  private struct State {
    var isOpen = false
    var lastTicket: UInt64 = 0
    var sleepers: [UInt64: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  var isOpen: Bool { state.withLock { $0.isOpen } }

  func open() {
    let sleepers = state.withLock { state in
      state.isOpen = true
      defer { state.sleepers = [:] }
      return state.sleepers
    }
    for sleeper in sleepers.values { sleeper.resume() }
  }

  /// Returns when the latch is open or the task is cancelled.
  func wait() async {
    let ticket = state.withLock { state in
      state.lastTicket += 1
      return state.lastTicket
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let passes = state.withLock { state in
          if state.isOpen || Task.isCancelled { return true }
          state.sleepers[ticket] = continuation
          return false
        }
        if passes { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: ticket) }?.resume()
    }
  }
}
