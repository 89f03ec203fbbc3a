internal import Synchronization

/// Where a connection's requests wait for their turn: filled by the event loop, emptied by the connection's one task.
final class RequestMailbox: Sendable {
  private struct State {
    var waiting: [IncomingRequest] = []
    var isFinished = false
    var reader: CheckedContinuation<IncomingRequest?, Never>?

    /// What can be said at once; nil when there is nothing but waiting.
    mutating func known() -> Known? {
      if !waiting.isEmpty { return Known(request: waiting.removeFirst()) }
      return isFinished ? Known(request: nil) : nil
    }
  }

  private struct Known {
    let request: IncomingRequest?
  }

  private let state = Mutex(State())

  func put(_ request: IncomingRequest) {
    let reader = state.withLock { state in
      if state.reader == nil { state.waiting.append(request) }
      return state.reader.take()
    }
    reader?.resume(returning: request)
  }

  /// No request will come any more; those that are here are still taken.
  func finish() {
    let reader = state.withLock { state in
      state.isFinished = true
      return state.reader.take()
    }
    reader?.resume(returning: nil)
  }

  /// The next request, oldest first; nil after the last one. One task asks.
  func next() async -> IncomingRequest? {
    if let known = state.withLock({ $0.known() }) { return known.request }
    return await withCheckedContinuation { continuation in
      let known = state.withLock { state in
        let known = state.known()
        if known == nil { state.reader = continuation }
        return known
      }
      if let known { continuation.resume(returning: known.request) }
    }
  }
}
