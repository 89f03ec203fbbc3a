internal import Synchronization

/// The requests that are being answered right now: what a stop waits for, and what it names when it has to be forced (S4-STOP-05).
package final class InFlightRequests: Sendable {
  package struct Entry: Hashable, Sendable {
    /// The role that answers.
    package let service: String
    package let method: String
    package let path: String
    package let requestID: String
    package let startedAt: ContinuousClock.Instant
  }

  private struct State {
    var nextKey: UInt64 = 0
    var entries: [UInt64: Entry] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  package func begin(service: String, method: String, path: some StringProtocol, requestID: String) -> UInt64 {
    let entry = Entry(service: service, method: method, path: String(path), requestID: requestID, startedAt: .now)
    return state.withLock { state in
      state.nextKey += 1
      state.entries[state.nextKey] = entry
      return state.nextKey
    }
  }

  package func end(_ key: UInt64) { state.withLock { _ = $0.entries.removeValue(forKey: key) } }

  /// Oldest first.
  package var all: [Entry] { state.withLock { Array($0.entries.values) }.sorted { $0.startedAt < $1.startedAt } }
}
