internal import Glibc
internal import Synchronization

/// The reactor's thread: runs jobs, and between them polls the descriptors that someone waits for.
///
/// `poll` serves better than `epoll` here: a process has tens of database connections, not thousands, and interest is added and removed with
/// every wait, which costs `epoll` a system call each and `poll` nothing.
final class Poller: Sendable {
  private struct State: ~Copyable {
    var jobs: [UnownedJob] = []
    var added: [Waiter] = []
    /// Tickets whose tasks have been cancelled, until ``forget(_:)``: a cancellation may overtake the waiter that it is meant for.
    var cancelled: Set<UInt64> = []
    /// True when `cancelled` or `added` changed since the thread last compared them.
    var cancellationsPending = false
    /// True while the thread may sleep in `poll`, so that whoever adds work has to wake it.
    var sleeping = false
  }

  private let state = Mutex(State())
  private let tickets = Atomic<UInt64>(0)
  /// A pipe, both ends non-blocking: a byte written to the one wakes the thread, which polls the other.
  private let wakeReader: Int32
  private let wakeWriter: Int32

  init() {
    var ends: [Int32] = [0, 0]
    precondition(pipe(&ends) == 0, "pipe failed with errno \(errno): the process has no descriptors left at start")
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    (wakeReader, wakeWriter) = (ends[0], ends[1])
  }

  func newTicket() -> UInt64 { tickets.add(1, ordering: .relaxed).newValue }

  func enqueue(_ job: UnownedJob) { change { $0.jobs.append(job) } }

  func add(_ waiter: Waiter) {
    change { state in
      state.added.append(waiter)
      state.cancellationsPending = state.cancellationsPending || state.cancelled.contains(waiter.ticket)
    }
  }

  func cancel(_ ticket: UInt64) {
    change { state in
      state.cancelled.insert(ticket)
      state.cancellationsPending = true
    }
  }

  /// The wait of a cancelled task is over; its ticket will not come again.
  func forget(_ ticket: UInt64) { state.withLock { _ = $0.cancelled.remove(ticket) } }

  private func change(_ body: (inout State) -> Void) {
    let wake = state.withLock { state in
      body(&state)
      defer { state.sleeping = false }
      return state.sleeping
    }
    guard wake else { return }
    var one: UInt8 = 1
    // EAGAIN would mean that the pipe is full, so the thread is being woken already.
    _ = write(wakeWriter, &one, 1)
  }

  func start(executor: Reactor) {
    let context = Unmanaged.passRetained(ThreadContext(poller: self, executor: executor))
    var thread = pthread_t()
    let failure = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let context = Unmanaged<ThreadContext>.fromOpaque(argument).takeRetainedValue()
        context.poller.run(on: context.executor)
        return nil
      }, context.toOpaque())
    precondition(failure == 0, "pthread_create failed with \(failure) at start")
    pthread_detach(thread)
  }

  /// Runs for the life of the process.
  private func run(on executor: Reactor) {
    blockBrokenPipeSignal()
    var waiters: [Waiter] = []
    var descriptors: [pollfd] = []
    while true {
      var turn = 0
      while runTurn(on: executor, &waiters), turn < Self.turnsBetweenPollsMax { turn += 1 }
      poll(&waiters, &descriptors)
    }
  }

  /// Jobs beget jobs. So many rounds of them run before the descriptors are looked at again, which costs a system call.
  private static let turnsBetweenPollsMax = 8

  /// Returns whether there was anything to run.
  private func runTurn(on executor: Reactor, _ waiters: inout [Waiter]) -> Bool {
    let (jobs, cancelled) = state.withLock { state in
      waiters.append(contentsOf: state.added)
      let taken = (state.jobs, state.cancellationsPending ? state.cancelled : [])
      state.added.removeAll(keepingCapacity: true)
      state.jobs = []
      state.cancellationsPending = false
      return taken
    }
    for job in jobs { job.runSynchronously(isolatedTo: executor.asUnownedSerialExecutor(), taskExecutor: executor.asUnownedTaskExecutor()) }
    if !cancelled.isEmpty { resume(&waiters, as: .cancelled) { cancelled.contains($0.ticket) } }
    return !jobs.isEmpty
  }

  /// hiredis writes with `write(2)`: on a socket that the server has closed, the signal would end the process instead of the call failing
  /// with EPIPE. It is sent to the thread that writes, which is always this one.
  private func blockBrokenPipeSignal() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  private func poll(_ waiters: inout [Waiter], _ descriptors: inout [pollfd]) {
    descriptors.removeAll(keepingCapacity: true)
    descriptors.append(pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0))
    for waiter in waiters {
      descriptors.append(pollfd(fd: waiter.descriptor, events: waiter.interest.pollEvents, revents: 0))
    }
    let idle = state.withLock { state in
      let idle = state.jobs.isEmpty && state.added.isEmpty && !state.cancellationsPending
      state.sleeping = idle
      return idle
    }
    let count = Glibc.poll(&descriptors, nfds_t(descriptors.count), idle ? milliseconds(untilFirstDeadlineOf: waiters) : 0)
    state.withLock { $0.sleeping = false }
    if count > 0 {
      drainWakeUps(descriptors[0])
      // An error or hang-up counts as ready: the driver's next call finds out what happened.
      var index = 0
      resume(&waiters, as: .ready) { _ in
        index += 1
        return descriptors[index].revents != 0
      }
    }
    let now = ContinuousClock.now
    resume(&waiters, as: .timedOut) { waiter in waiter.deadline.map { $0 <= now } ?? false }
  }

  private func drainWakeUps(_ descriptor: pollfd) {
    guard descriptor.revents != 0 else { return }
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(wakeReader, &bytes, bytes.count) == bytes.count {}
  }

  private func milliseconds(untilFirstDeadlineOf waiters: [Waiter]) -> Int32 {
    guard let first = waiters.compactMap(\.deadline).min() else { return -1 }
    let left = ContinuousClock.now.duration(to: first)
    guard left > .zero else { return 0 }
    // Rounded up, so that the thread doesn't spin through the last millisecond; an hour at most, so that it fits.
    return Int32(min(left / .milliseconds(1), 3_600_000).rounded(.up))
  }

  private func resume(_ waiters: inout [Waiter], as readiness: Reactor.Readiness, where condition: (Waiter) -> Bool) {
    var kept = 0
    for index in waiters.indices {
      if condition(waiters[index]) {
        waiters[index].continuation.resume(returning: readiness)
      } else {
        waiters[kept] = waiters[index]
        kept += 1
      }
    }
    waiters.removeLast(waiters.count - kept)
  }
}

/// Carries the two references into the new thread.
private final class ThreadContext: Sendable {
  let poller: Poller
  let executor: Reactor

  init(poller: Poller, executor: Reactor) {
    self.poller = poller
    self.executor = executor
  }
}
