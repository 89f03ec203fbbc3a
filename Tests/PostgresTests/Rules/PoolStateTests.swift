import Kernel
import Testing

@testable import Postgres

@Suite("the pool's places")
struct PoolStateTests {
  private typealias State = PoolPlaces
  private let now = ContinuousClock.now
  private let down = PostgresError(.unreachable, "connection refused", operation: "connect")

  /// A pool whose places are all leased: resources 1 ... count.
  private func full(_ count: Int) -> State {
    let state = State(max: count)
    for _ in 0..<count {
      _ = state.lease(now: now)
      state.opened()
    }
    return state
  }

  private func fail(_ state: State, after delay: Duration = .zero) -> [PoolPlaces.State.Handover] {
    state.openFailed(down, now: now + delay, wallClock: Timestamp(seconds: 100), jitter: 0)
  }

  @Test("no more permits are given than there are places")
  func bound() {
    let state = State(max: 2)
    #expect(state.lease(now: now)?.isPermit == true)
    #expect(state.lease(now: now)?.isPermit == true)
    #expect(state.lease(now: now) == nil)
    #expect(state.status == PoolStatus(idle: 0, leased: 2, waiting: 0, max: 2, unreachableSince: nil))
  }

  @Test("a returned connection is leased again, the most recent one first")
  func reuse() {
    let state = full(2)
    _ = state.giveBack(1, isReusable: true, now: now)
    _ = state.giveBack(2, isReusable: true, now: now)
    #expect(state.lease(now: now)?.resource == 2)
    #expect(state.lease(now: now)?.resource == 1)
  }

  @Test("waiters are served in the order in which they came")
  func firstComeFirstServed() {
    let state = full(1)
    state.enqueue("first", id: 1)
    state.enqueue("second", id: 2)
    let (handovers, closes) = state.giveBack(7, isReusable: true, now: now)
    #expect(handovers.map(\.waiter) == ["first"])
    #expect(handovers.first?.grant.resource == 7)
    #expect(!closes)
    #expect(state.status.leased == 1)
    #expect(state.giveBack(7, isReusable: true, now: now).handovers.map(\.waiter) == ["second"])
  }

  @Test("a broken connection's place goes to the next waiter as a permit")
  func brokenReturn() {
    let state = full(1)
    state.enqueue("waiter", id: 1)
    let (handovers, closes) = state.giveBack(7, isReusable: false, now: now)
    #expect(closes)
    #expect(handovers.first?.grant.isPermit == true)
    #expect(state.lease(now: now) == nil)
  }

  @Test("who withdraws is not served, and is told so once")
  func withdrawal() {
    let state = full(1)
    state.enqueue("gone", id: 1)
    #expect(state.withdraw(id: 1) == "gone")
    #expect(state.withdraw(id: 1) == nil)
    #expect(state.giveBack(7, isReusable: true, now: now).handovers.isEmpty)
    #expect(state.status.idle == 1)
  }

  @Test("after a failure nobody tries again before the pause is over, and everybody is told why")
  func backoff() {
    let state = State(max: 4)
    _ = state.lease(now: now)
    #expect(fail(state).isEmpty)
    #expect(state.status.unreachableSince == Timestamp(seconds: 100))
    #expect(state.lease(now: now)?.refusal?.message == "connection refused")
    #expect(state.lease(now: now + .milliseconds(24))?.refusal?.kind == .unreachable)
    #expect(state.lease(now: now + .milliseconds(25))?.isPermit == true)
  }

  @Test("the pause doubles up to two seconds, and a success forgets it")
  func backoffGrows() {
    let state = State(max: 1)
    var moment: Duration = .zero
    for expected in [25, 50, 100, 200, 400, 800, 1000, 1000] {
      #expect(state.lease(now: now + moment)?.isPermit == true)
      _ = fail(state, after: moment)
      #expect(state.lease(now: now + moment + .milliseconds(expected - 1))?.refusal != nil, "after \(expected) ms")
      moment += .milliseconds(expected)
    }
    #expect(state.lease(now: now + moment)?.isPermit == true)
    state.opened()
    #expect(state.status.unreachableSince == nil)
    _ = state.giveBack(1, isReusable: false, now: now + moment)
    #expect(state.lease(now: now + moment)?.isPermit == true)
  }

  @Test("while a connection is still in use, a waiter waits for it although new ones are refused")
  func waitsForSurvivor() {
    let state = State(max: 2)
    _ = state.lease(now: now)
    state.opened()
    _ = state.lease(now: now)
    #expect(fail(state).isEmpty)
    #expect(state.lease(now: now) == nil)
    state.enqueue("waiter", id: 1)
    #expect(state.giveBack(1, isReusable: true, now: now).handovers.first?.grant.resource == 1)
  }

  @Test("when the last connection breaks while the server is away, all waiters are refused")
  func nothingLeftToWaitFor() {
    let state = State(max: 2)
    _ = state.lease(now: now)
    state.opened()
    _ = state.lease(now: now)
    _ = fail(state)
    state.enqueue("a", id: 1)
    state.enqueue("b", id: 2)
    let handovers = state.giveBack(1, isReusable: false, now: now).handovers
    #expect(handovers.map(\.waiter) == ["a", "b"])
    #expect(handovers.allSatisfy { $0.grant.refusal?.kind == .unreachable })
    #expect(state.isDrained)
  }

  @Test("when the server accepts a connection again, those who had to wait may open theirs")
  func serverReturned() {
    let state = State(max: 3)
    _ = state.lease(now: now)
    state.opened()
    _ = state.lease(now: now)
    _ = fail(state)
    state.enqueue("waiter", id: 1)
    #expect(state.probe(now: now + .seconds(1)))
    let handovers = state.opened(now: now + .seconds(1))
    #expect(handovers.map(\.waiter) == ["waiter"])
    #expect(handovers.first?.grant.isPermit == true)
  }

  @Test("giving up to open says nothing about the server, and frees the place")
  func abandonedOpening() {
    let state = State(max: 1)
    _ = state.lease(now: now)
    state.enqueue("waiter", id: 1)
    #expect(state.openAbandoned(now: now).first?.grant.isPermit == true)
    #expect(state.status.unreachableSince == nil)
  }

  @Test("a dead connection is exchanged for an idle one, or for a permit in the same place")
  func staleLease() {
    let state = full(2)
    _ = state.giveBack(1, isReusable: true, now: now)
    let first = state.replaceStale()
    #expect(first.resource == 1)
    let second = state.replaceStale()
    #expect(second.isPermit)
    #expect(state.status.leased == 1)
  }

  @Test("a probe is permitted only while the server is away, after the pause, and one at a time")
  func probing() {
    let state = State(max: 2)
    #expect(!state.probe(now: now))
    _ = state.lease(now: now)
    _ = fail(state)
    #expect(!state.probe(now: now))
    #expect(state.probe(now: now + .seconds(3)))
    #expect(!state.probe(now: now + .seconds(3)))
    state.opened()
    _ = state.giveBack(1, isReusable: true, now: now)
    #expect(state.status == PoolStatus(idle: 1, leased: 0, waiting: 0, max: 2, unreachableSince: nil))
  }

  @Test("closing refuses waiters and newcomers, hands out the idle ones, and lets leased ones come back to be closed")
  func closing() {
    let state = full(2)
    _ = state.giveBack(1, isReusable: true, now: now)
    _ = state.lease(now: now)
    _ = state.giveBack(1, isReusable: true, now: now)
    state.enqueue("waiter", id: 1)
    let (idle, handovers) = state.close()
    #expect(idle == [1])
    #expect(handovers.first?.grant.refusal?.kind == .shuttingDown)
    #expect(state.lease(now: now)?.refusal?.kind == .shuttingDown)
    #expect(!state.isDrained)
    #expect(state.giveBack(2, isReusable: true, now: now).closes)
    #expect(state.isDrained)
  }

  @Test("old and unused connections are taken out")
  func upkeep() {
    let state = full(2)
    _ = state.giveBack(1, isReusable: true, now: now)
    _ = state.giveBack(2, isReusable: true, now: now + .seconds(10))
    let limit = now + .seconds(5)
    let removed = state.removeIdle { $0.since < limit }
    #expect(removed == [1])
    #expect(state.status.idle == 1)
  }
}

extension PoolState.Grant {
  fileprivate var isPermit: Bool {
    if case .permit = self { return true }
    return false
  }

  fileprivate var resource: Resource? {
    if case .resource(let resource) = self { return resource }
    return nil
  }

  fileprivate var refusal: PostgresError? {
    if case .refused(let error) = self { return error }
    return nil
  }
}

/// A pool's state that a test can change inside an expectation.
private final class PoolPlaces {
  typealias State = PoolState<Int, String>

  private var state: State

  init(max: Int) { state = State(max: max) }

  var status: PoolStatus { state.status }
  var isDrained: Bool { state.isDrained }

  func lease(now: ContinuousClock.Instant) -> State.Grant? { state.lease(now: now) }
  func replaceStale() -> State.Grant { state.replaceStale() }
  func enqueue(_ waiter: String, id: UInt64) { state.enqueue(waiter, id: id) }
  func withdraw(id: UInt64) -> String? { state.withdraw(id: id) }
  @discardableResult
  func opened(now: ContinuousClock.Instant = .now) -> [State.Handover] { state.opened(now: now) }
  func openAbandoned(now: ContinuousClock.Instant) -> [State.Handover] { state.openAbandoned(now: now) }
  func probe(now: ContinuousClock.Instant) -> Bool { state.probe(now: now) }
  func close() -> (idle: [Int], handovers: [State.Handover]) { state.close() }
  func removeIdle(where condition: (State.Idle) -> Bool) -> [Int] { state.removeIdle(where: condition) }

  func openFailed(_ error: PostgresError, now: ContinuousClock.Instant, wallClock: Timestamp, jitter: Double) -> [State.Handover] {
    state.openFailed(error, now: now, wallClock: wallClock, jitter: jitter)
  }

  func giveBack(_ resource: Int, isReusable: Bool, now: ContinuousClock.Instant) -> (handovers: [State.Handover], closes: Bool) {
    state.giveBack(resource, isReusable: isReusable, now: now)
  }
}
