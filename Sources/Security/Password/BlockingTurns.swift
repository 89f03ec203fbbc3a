internal import Dispatch
internal import Synchronization

/// Runs blocking work on threads outside the cooperative pool: at most `atOnceMax` at a time, at most `waitingMax` waiting in order.
///
/// Dispatch brings the threads; the bound lies in the turns, which are taken before anything is handed to it.
final class BlockingTurns: Sendable {
  private enum Turn: Sendable {
    case granted
    case lineIsFull
    case cancelled
  }

  private struct Line {
    var running = 0
    var nextTicket: UInt64 = 0
    /// In order of arrival.
    var waiting: [(ticket: UInt64, continuation: CheckedContinuation<Turn, Never>)] = []
  }

  private let line = Mutex(Line())
  private let queue: DispatchQueue
  private let atOnceMax: Int
  private let waitingMax: Int

  init(label: String, atOnceMax: Int, waitingMax: Int) {
    queue = DispatchQueue(label: label, attributes: .concurrent)
    self.atOnceMax = max(1, atOnceMax)
    self.waitingMax = waitingMax
  }

  /// - Throws: `PasswordRefusal.overloaded` when the line is full; `CancellationError` when cancelled while waiting. Work that
  ///   has begun runs to its end.
  func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async throws -> Result {
    switch await takeTurn() {
    case .granted: break
    case .lineIsFull: throw PasswordRefusal.overloaded
    case .cancelled: throw CancellationError()
    }
    defer { passTurn() }
    return await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: work()) }
    }
  }

  private func takeTurn() async -> Turn {
    let ticket = line.withLock {
      $0.nextTicket += 1
      return $0.nextTicket
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if let turn = enter(ticket, continuation) { continuation.resume(returning: turn) }
      }
    } onCancel: {
      leave(ticket)
    }
  }

  /// - Returns: nil if the caller has to wait; then the continuation is resumed later.
  private func enter(_ ticket: UInt64, _ continuation: CheckedContinuation<Turn, Never>) -> Turn? {
    line.withLock { line in
      // Read under the lock: a cancellation whose `leave` came before us has set the flag, one that comes after us finds us in the line.
      if Task.isCancelled { return .cancelled }
      if line.running < atOnceMax {
        line.running += 1
        return .granted
      }
      guard line.waiting.count < waitingMax else { return .lineIsFull }
      line.waiting.append((ticket, continuation))
      return nil
    }
  }

  private func leave(_ ticket: UInt64) {
    let continuation = line.withLock { line -> CheckedContinuation<Turn, Never>? in
      guard let place = line.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
      return line.waiting.remove(at: place).continuation
    }
    continuation?.resume(returning: .cancelled)
  }

  private func passTurn() {
    let next = line.withLock { line -> CheckedContinuation<Turn, Never>? in
      guard !line.waiting.isEmpty else {
        line.running -= 1
        return nil
      }
      return line.waiting.removeFirst().continuation
    }
    next?.resume(returning: .granted)
  }
}
