internal import Synchronization

/// The services of a process that have not ended: what its stop waits for.
final class UnfinishedServices: Sendable {
  private struct State {
    var nextKey: UInt64 = 0
    var names: [UInt64: String] = [:]
  }

  private let state = Mutex(State())

  func begin(_ name: String) -> UInt64 {
    state.withLock { state in
      state.nextKey += 1
      state.names[state.nextKey] = name
      return state.nextKey
    }
  }

  func end(_ key: UInt64) { state.withLock { _ = $0.names.removeValue(forKey: key) } }

  /// By name.
  var all: [String] { state.withLock { Array($0.names.values) }.sorted() }
}
