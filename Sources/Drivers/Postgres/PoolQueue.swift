internal import Kernel
internal import Synchronization

/// Guards a ``PoolState`` and wakes the tasks that wait in it.
final class PoolQueue<Resource: Sendable>: Sendable {
  typealias State = PoolState<Resource, PoolWaiter<Resource>>
  typealias Grant = State.Grant

  private let state: Mutex<State>
  private let identifiers = Atomic<UInt64>(0)

  init(max: Int) { state = Mutex(State(max: max)) }

  var status: PoolStatus { state.withLock(\.status) }
  var isDrained: Bool { state.withLock(\.isDrained) }
  var isClosed: Bool { state.withLock(\.isClosed) }

  func lease(until deadline: ContinuousClock.Instant) async -> Grant {
    if Task.isCancelled { return .refused(Self.gaveUp(isCancelled: true)) }
    if let grant = state.withLock({ $0.lease(now: .now) }) { return grant }
    return await wait(until: deadline)
  }

  private func wait(until deadline: ContinuousClock.Instant) async -> Grant {
    let id = identifiers.add(1, ordering: .relaxed).newValue
    return await withTaskGroup(of: Void.self) { group in
      // Ends with the deadline, with the cancellation of the waiting task, or because the grant came first.
      group.addTask {
        try? await Task.sleep(until: deadline, clock: .continuous)
        self.state.withLock { $0.withdraw(id: id) }?.continuation.resume(returning: .refused(Self.gaveUp(isCancelled: false)))
      }
      let grant = await withCheckedContinuation { continuation in
        self.enqueue(PoolWaiter(continuation: continuation), id: id, until: deadline)
      }
      group.cancelAll()
      guard case .refused(let error) = grant, error.kind == .poolExhausted, Task.isCancelled else { return grant }
      return .refused(Self.gaveUp(isCancelled: true))
    }
  }

  private func enqueue(_ waiter: PoolWaiter<Resource>, id: UInt64, until deadline: ContinuousClock.Instant) {
    let grant = state.withLock { state -> Grant? in
      if let grant = state.lease(now: .now) { return grant }
      // The guard task may have come and gone before the waiter was there to be withdrawn.
      if Task.isCancelled || deadline <= .now { return .refused(Self.gaveUp(isCancelled: Task.isCancelled)) }
      state.enqueue(waiter, id: id)
      return nil
    }
    if let grant { waiter.continuation.resume(returning: grant) }
  }

  private static func gaveUp(isCancelled: Bool) -> PostgresError {
    isCancelled
      ? PostgresError(.deadlineExceeded, "the task was cancelled", operation: "lease")
      : PostgresError(.poolExhausted, "no connection became free in time", operation: "lease")
  }

  func replaceStale() -> Grant { state.withLock { $0.replaceStale() } }

  /// Returns whether the server had been unreachable.
  func opened() -> Bool {
    let (wasUnreachable, handovers) = state.withLock { state in
      let wasUnreachable = state.unreachableSince != nil
      return (wasUnreachable, state.opened(now: .now))
    }
    hand(handovers)
    return wasUnreachable
  }

  /// Returns whether this is the first failure since the server was last reached.
  func openFailed(_ error: PostgresError) -> Bool {
    let (isNews, handovers) = state.withLock { state in
      let isNews = state.unreachableSince == nil
      return (isNews, state.openFailed(error, now: .now, wallClock: WallClock.system.now(), jitter: .random(in: 0..<1)))
    }
    hand(handovers)
    return isNews
  }

  func openAbandoned() { hand(state.withLock { $0.openAbandoned(now: .now) }) }

  /// Returns whether the caller has to close the connection.
  func giveBack(_ resource: Resource, isReusable: Bool) -> Bool {
    let (handovers, closes) = state.withLock { $0.giveBack(resource, isReusable: isReusable, now: .now) }
    hand(handovers)
    return closes
  }

  func removeIdle(where condition: @Sendable (State.Idle) -> Bool) -> [Resource] { state.withLock { $0.removeIdle(where: condition) } }

  func probe() -> Bool { state.withLock { $0.probe(now: .now) } }

  func close() -> [Resource] {
    let (idle, handovers) = state.withLock { $0.close() }
    hand(handovers)
    return idle
  }

  /// Outside the lock, since a continuation may run its task at once.
  private func hand(_ handovers: [State.Handover]) {
    for (waiter, grant) in handovers { waiter.continuation.resume(returning: grant) }
  }
}
