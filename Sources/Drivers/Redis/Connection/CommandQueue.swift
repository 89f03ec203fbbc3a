import Synchronization

/// The commands of one client: those that wait to be written, and those that have been handed to the connection and await their replies,
/// which come in the same order.
final class CommandQueue: Sendable {
  /// What a new command may expect.
  private enum Phase {
    /// Connected, or an attempt to connect is under way that no failed one went before: commands wait.
    case hopeful
    /// The last attempt failed: commands fail at once.
    case unreachable(RedisError)
    case closed
  }

  private struct State {
    var phase = Phase.hopeful
    var waiting = Fifo<PendingCommand>()
    var inFlight = Fifo<PendingCommand>()
    /// The replies so far to the oldest command in flight.
    var replies: [RedisValue] = []
    /// Replies that all commands together still expect.
    var repliesExpected = 0
    /// True when a command in flight ran out of time: its reply may still come, so this connection must end.
    var overdue = false
  }

  /// Rings when a command has come for the connection to write.
  let work = Doorbell()
  /// Rings when the first command has come after a time without any.
  let busy = Doorbell()
  /// Rings when a command in flight ran out of time.
  let overdue = Doorbell()

  private let state = Mutex(State())
  private let repliesExpectedMax: Int

  init(repliesExpectedMax: Int) { self.repliesExpectedMax = repliesExpectedMax }

  var isClosed: Bool {
    state.withLock { state in
      if case .closed = state.phase { true } else { false }
    }
  }

  func add(_ command: PendingCommand) throws(RedisError) {
    let added: Result<Bool, RedisError> = state.withLock { state in
      switch state.phase {
      case .unreachable(let error): return .failure(error)
      case .closed: return .failure(Self.shuttingDown)
      case .hopeful: break
      }
      guard state.repliesExpected + command.replyCount <= repliesExpectedMax else {
        return .failure(RedisError(.overloaded, "More than \(repliesExpectedMax) commands are under way; this one was not sent."))
      }
      let wasIdle = state.repliesExpected == 0
      state.repliesExpected += command.replyCount
      state.waiting.append(command)
      return .success(wasIdle)
    }
    if try added.get() { busy.ring() }
    work.ring()
  }

  // MARK: For the connection

  /// Takes waiting commands, about `bytesMax` of them but at least one. From here on their fate is unknown until the reply.
  func takeForSending(bytesMax: Int) -> [PendingCommand] {
    state.withLock { state in
      var taken: [PendingCommand] = []
      var size = 0
      while size < bytesMax, let command = state.waiting.popFirst() {
        guard !command.isFinished else {
          state.repliesExpected -= command.replyCount
          continue
        }
        state.inFlight.append(command)
        taken.append(command)
        size += command.bytes.count
      }
      return taken
    }
  }

  /// Hands replies, in the order of their arrival, to the commands in flight.
  func deliver(_ values: [RedisValue]) throws(RedisError) {
    var answered: [(PendingCommand, [RedisValue])] = []
    let unasked = state.withLock { state in
      for value in values {
        guard let command = state.inFlight.first else { return true }
        state.replies.append(value)
        state.repliesExpected -= 1
        guard state.replies.count == command.replyCount else { continue }
        _ = state.inFlight.popFirst()
        answered.append((command, state.replies))
        state.replies = []
      }
      return false
    }
    for (command, replies) in answered { command.finish(.success(replies)) }
    if unasked { throw RedisError(.protocolViolation, "The server sent a reply that nobody asked for.") }
  }

  /// True when the connection must end because a command in flight ran out of time.
  var hasOverdueCommand: Bool { state.withLock { $0.overdue } }

  // MARK: For whoever connects

  func connected() { state.withLock { $0.phase = .hopeful } }

  /// The connection is gone. What had been handed to it fails; what hadn't waits for the next attempt.
  func connectionLost(_ error: RedisError) {
    let lost = state.withLock { state in
      state.repliesExpected = state.waiting.all.reduce(0) { $0 + $1.replyCount }
      state.replies = []
      state.overdue = false
      return state.inFlight.takeAll()
    }
    let failure = RedisError(.connectionLost, "\(error.message) Whether the command was executed isn't known.")
    for command in lost { command.finish(.failure(failure)) }
  }

  /// An attempt to connect failed: nobody waits for the next one.
  func attemptFailed(_ error: RedisError) {
    let failure = RedisError(.unreachable, error.message)
    fail(with: failure) { phase in
      if case .closed = phase { return }
      phase = .unreachable(failure)
    }
  }

  func close() { fail(with: Self.shuttingDown) { $0 = .closed } }

  private func fail(with error: RedisError, _ change: (inout Phase) -> Void) {
    let failed = state.withLock { state in
      change(&state.phase)
      state.repliesExpected = 0
      state.replies = []
      return state.inFlight.takeAll() + state.waiting.takeAll()
    }
    for command in failed { command.finish(.failure(error)) }
  }

  // MARK: Deadlines

  func earliestDeadline() -> ContinuousClock.Instant? {
    state.withLock { state in (state.inFlight.all + state.waiting.all).map(\.deadline).min() }
  }

  func expire(at now: ContinuousClock.Instant) {
    let (unsent, sent) = state.withLock { state in
      let unsent = state.waiting.all.filter { $0.deadline <= now }
      if !unsent.isEmpty {
        state.waiting.removeAll { $0.deadline <= now }
        state.repliesExpected -= unsent.reduce(0) { $0 + $1.replyCount }
      }
      // They keep their places in the line, so that no other command gets their replies before the connection has ended.
      let sent = state.inFlight.all.filter { $0.deadline <= now }
      if !sent.isEmpty { state.overdue = true }
      return (unsent, sent)
    }
    for command in unsent { command.finish(.failure(RedisError(.deadlineExceeded, "The deadline passed before the command was sent."))) }
    for command in sent { command.finish(.failure(RedisError(.deadlineExceeded, "No reply came before the deadline."))) }
    if !sent.isEmpty { overdue.ring() }
  }

  private static let shuttingDown = RedisError(.shuttingDown, "The Redis client has been closed.")
}
