internal import Kernel

/// The pool's bookkeeping as a value: who has which place. Every place is idle, leased, or being opened.
///
/// No I/O and no clock. Whoever asks for a connection opens it: he gets a permit, so that no task of the pool's own is needed.
struct PoolState<Resource: Sendable, Waiter: Sendable>: Sendable {
  struct Idle: Sendable {
    let resource: Resource
    let since: ContinuousClock.Instant
  }

  enum Grant: Sendable {
    /// A connection that was used before.
    case resource(Resource)
    /// A place: the receiver opens a connection and reports ``PoolState/opened(now:)`` or ``PoolState/openFailed(_:now:wallClock:jitter:)``.
    case permit
    case refused(PostgresError)
  }

  typealias Handover = (waiter: Waiter, grant: Grant)

  let max: Int
  /// The most recently used is the last, and taken first, so that unneeded ones grow old.
  private(set) var idle: [Idle] = []
  private(set) var leased = 0
  private(set) var opening = 0
  private(set) var unreachableSince: Timestamp?
  private(set) var isClosed = false
  private var waiters: [(id: UInt64, waiter: Waiter)] = []
  private var lastFailure: PostgresError?
  private var failures = 0
  private var nextAttempt: ContinuousClock.Instant?

  init(max: Int) { self.max = max }

  var status: PoolStatus {
    PoolStatus(idle: idle.count, leased: leased + opening, waiting: waiters.count, max: max, unreachableSince: unreachableSince)
  }

  static var closedError: PostgresError { PostgresError(.shuttingDown, "the database is closed", operation: "lease") }

  // MARK: Asking

  /// Nil when the caller has to wait its turn.
  mutating func lease(now: ContinuousClock.Instant) -> Grant? {
    if isClosed { return .refused(Self.closedError) }
    if let last = idle.popLast() {
      leased += 1
      return .resource(last.resource)
    }
    guard opening + leased < max else { return nil }
    if mayAttempt(now) {
      opening += 1
      return .permit
    }
    // While the server refuses new connections, one that is in use may still come back.
    return leased > 0 ? nil : .refused(unreachableError)
  }

  /// The leased connection turned out to be dead: its holder gets another one, or a permit for its place.
  mutating func replaceStale() -> Grant {
    if isClosed {
      leased -= 1
      return .refused(Self.closedError)
    }
    if let last = idle.popLast() { return .resource(last.resource) }
    leased -= 1
    opening += 1
    return .permit
  }

  mutating func enqueue(_ waiter: Waiter, id: UInt64) { waiters.append((id, waiter)) }

  /// The waiter gave up. Nil when it isn't waiting (any more).
  mutating func withdraw(id: UInt64) -> Waiter? {
    guard let index = waiters.firstIndex(where: { $0.id == id }) else { return nil }
    return waiters.remove(at: index).waiter
  }

  // MARK: Reporting

  /// A permit has become a leased connection. Whoever waited because the server refused connections may try now.
  mutating func opened(now: ContinuousClock.Instant) -> [Handover] {
    opening -= 1
    leased += 1
    (failures, nextAttempt, unreachableSince, lastFailure) = (0, nil, nil, nil)
    return serveWaiters(now)
  }

  /// A permit came to nothing.
  ///
  /// - Parameter jitter: 0 ..< 1; spreads the processes that lost the same server.
  mutating func openFailed(_ error: PostgresError, now: ContinuousClock.Instant, wallClock: Timestamp, jitter: Double) -> [Handover] {
    opening -= 1
    failures += 1
    lastFailure = error
    unreachableSince = unreachableSince ?? wallClock
    nextAttempt = now + Self.backoff(failures: failures) * (0.5 + jitter / 2)
    return serveWaiters(now)
  }

  /// The caller gave up opening for reasons of its own: says nothing about the server.
  mutating func openAbandoned(now: ContinuousClock.Instant) -> [Handover] {
    opening -= 1
    return serveWaiters(now)
  }

  /// A leased connection is back. - Returns: who gets what, and whether the caller has to close the connection.
  mutating func giveBack(_ resource: Resource, isReusable: Bool, now: ContinuousClock.Instant) -> (handovers: [Handover], closes: Bool) {
    leased -= 1
    guard isReusable, !isClosed else { return (serveWaiters(now), true) }
    guard waiters.isEmpty else {
      leased += 1
      return ([(waiters.removeFirst().waiter, .resource(resource))], false)
    }
    idle.append(Idle(resource: resource, since: now))
    return ([], false)
  }

  // MARK: Upkeep

  /// Takes idle connections out of the pool.
  mutating func removeIdle(where condition: (Idle) -> Bool) -> [Resource] {
    let removed = idle.filter(condition)
    idle.removeAll(where: condition)
    return removed.map(\.resource)
  }

  /// A permit to find out whether the server is back, when it is time and nobody else does.
  mutating func probe(now: ContinuousClock.Instant) -> Bool {
    guard !isClosed, unreachableSince != nil, opening == 0, leased < max, mayAttempt(now) else { return false }
    opening += 1
    return true
  }

  /// Refuses everybody from now on.
  mutating func close() -> (idle: [Resource], handovers: [Handover]) {
    isClosed = true
    defer { (idle, waiters) = ([], []) }
    return (idle.map(\.resource), waiters.map { ($0.waiter, .refused(Self.closedError)) })
  }

  var isDrained: Bool { leased == 0 && opening == 0 }

  // MARK: Rules

  private func mayAttempt(_ now: ContinuousClock.Instant) -> Bool { nextAttempt.map { $0 <= now } ?? true }

  private var unreachableError: PostgresError {
    lastFailure ?? PostgresError(.unreachable, "no connection could be opened", operation: "connect")
  }

  /// Hands free places to waiters; while the server is away and no connection is left to wait for, refuses them all.
  private mutating func serveWaiters(_ now: ContinuousClock.Instant) -> [Handover] {
    var handovers: [Handover] = []
    if mayAttempt(now) {
      while !waiters.isEmpty, opening + leased < max {
        opening += 1
        handovers.append((waiters.removeFirst().waiter, .permit))
      }
    } else if leased == 0, opening == 0 {
      handovers = waiters.map { ($0.waiter, .refused(unreachableError)) }
      waiters = []
    }
    return handovers
  }

  /// 50 ms, doubled with each failure, two seconds at most.
  private static func backoff(failures: Int) -> Duration { .milliseconds(min(2000, 50 << min(failures - 1, 6))) }
}
