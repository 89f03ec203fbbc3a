import Synchronization

/// One command, or several that must lie side by side, on the way to its answer. The first ``finish(_:)`` decides; later ones change nothing,
/// which lets a reply, the deadline, the loss of the connection and the caller's cancellation race without harm.
final class PendingCommand: Sendable {
  typealias Outcome = Result<[RedisValue], RedisError>

  private enum State {
    case unanswered
    case awaited(CheckedContinuation<Outcome, Never>)
    case finished(Outcome)
  }

  let bytes: [UInt8]
  /// How many replies the server will send for ``bytes``.
  let replyCount: Int
  let deadline: ContinuousClock.Instant
  private let state = Mutex(State.unanswered)

  init(bytes: [UInt8], replyCount: Int, deadline: ContinuousClock.Instant) {
    self.bytes = bytes
    self.replyCount = replyCount
    self.deadline = deadline
  }

  var isFinished: Bool {
    state.withLock { state in
      if case .finished = state { true } else { false }
    }
  }

  func finish(_ outcome: Outcome) {
    let waiting: CheckedContinuation<Outcome, Never>? = state.withLock { state in
      switch state {
      case .unanswered:
        state = .finished(outcome)
        return nil
      case .awaited(let continuation):
        state = .finished(outcome)
        return continuation
      case .finished: return nil
      }
    }
    waiting?.resume(returning: outcome)
  }

  /// Waits for the outcome; the cancellation of the task is one. At most one task may wait.
  func outcome() async -> Outcome {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let known: Outcome? = state.withLock { state in
          if case .finished(let outcome) = state { return outcome }
          state = .awaited(continuation)
          return nil
        }
        if let known { continuation.resume(returning: known) }
      }
    } onCancel: {
      finish(.failure(RedisError(.cancelled, "The task that waited for the reply was cancelled.")))
    }
  }
}
