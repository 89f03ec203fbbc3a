internal import Dispatch
internal import Synchronization

/// Blocking work with files, one piece after another, on a thread outside the cooperative pool.
final class SpoolThread: Sendable {
  /// A disk that needs ten milliseconds for a letter has served so many within the second that a callback may take.
  private static let waitingMax = 64

  private let queue = DispatchQueue(label: "cordon.game.spool")
  private let waiting = Atomic<Int>(0)

  /// - Throws: `.busy`, `.slow` when the time is over (the work goes on, and nobody hears of it), or what the work throws.
  func run<Value: Sendable>(within limit: Duration, _ work: @escaping @Sendable () throws(SpoolFault) -> Value) async throws(SpoolFault)
    -> Value
  {
    guard waiting.wrappingAdd(1, ordering: .relaxed).newValue <= Self.waitingMax else {
      waiting.wrappingSubtract(1, ordering: .relaxed)
      throw .busy
    }
    let result: Result<Value, SpoolFault> = await withCheckedContinuation { continuation in
      let answer = FirstAnswer(continuation)
      queue.async {
        let result = Result { () throws(SpoolFault) -> Value in try work() }
        self.waiting.wrappingSubtract(1, ordering: .relaxed)
        answer.give(result)
      }
      let milliseconds = Int(limit / .milliseconds(1))
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { answer.give(.failure(.slow)) }
    }
    return try result.get()
  }

  /// Resumes once, with whichever comes first.
  private final class FirstAnswer<Value: Sendable>: Sendable {
    private let continuation: Mutex<CheckedContinuation<Result<Value, SpoolFault>, Never>?>

    init(_ continuation: CheckedContinuation<Result<Value, SpoolFault>, Never>) { self.continuation = Mutex(continuation) }

    func give(_ result: Result<Value, SpoolFault>) {
      let continuation = continuation.withLock { held in
        defer { held = nil }
        return held
      }
      continuation?.resume(returning: result)
    }
  }
}
