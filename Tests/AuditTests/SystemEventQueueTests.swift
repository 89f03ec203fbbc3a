import Kernel
import Platform
import Testing

@testable import Audit

@Suite("System events that wait")
struct SystemEventQueueTests {
  private static func event(_ number: Int, brand: Int64?, reason: ProblemReason = .forbidden) throws -> SystemEvent {
    try #require(
      SystemEvent(
        RefusedRequest(
          reason: reason, status: reason.status, requestID: "r-\(number)", traceID: "t", method: "GET", route: "/x",
          identity: RequestIdentity(brand: brand.flatMap { BrandID($0) }), at: Timestamp(seconds: Int64(number))), by: "wallet_service"))
  }

  @Test("a storm of one brand has its own room: nothing of another brand, and no failure of its own, is displaced; the gap is told of once")
  func storm() throws {
    var queue = SystemEventQueue()
    let storm = 3 * SystemEventQueue.laneEventsMax
    var kept = 0
    for number in 1...storm { if queue.offer(try Self.event(number, brand: 1)) { kept += 1 } }
    #expect(kept == SystemEventQueue.laneEventsMax)
    #expect(queue.offer(try Self.event(1, brand: 2)))
    #expect(queue.offer(try Self.event(1, brand: nil)))
    #expect(queue.offer(try Self.event(2, brand: 1, reason: .internalError)))
    var taken: [SystemEvent] = []
    let first = queue.take()
    #expect(first.count == 3 && first.allSatisfy { batch in batch.allSatisfy { $0.brand == batch[0].brand } })
    taken += first.joined()
    while queue.count > 0 { taken += queue.take().joined() }
    #expect(taken.count == kept + 3 + 1)
    let gap = taken.filter { $0.kind == .overflow }
    #expect(gap.map(\.occurrences) == [Int64(storm - kept)])
    #expect(gap.first?.brand == BrandID(1) && gap.first?.requestID == "r-\(kept + 1)" && gap.first?.detail == ["kind": "denial"])
    #expect(queue.take().isEmpty)
  }

  @Test("what could not be written stands before what came meanwhile")
  func putBack() throws {
    var queue = SystemEventQueue()
    for number in 1...3 { _ = queue.offer(try Self.event(number, brand: 1)) }
    let batch = try #require(queue.take().first)
    #expect(queue.count == 0)
    _ = queue.offer(try Self.event(4, brand: 1))
    queue.putBack(batch)
    #expect(queue.count == 4)
    #expect(queue.take().joined().map(\.requestID) == ["r-1", "r-2", "r-3", "r-4"])
  }

  @Test("brands without end don't make rooms without end")
  func brands() throws {
    var queue = SystemEventQueue()
    let brands = SystemEventQueue.lanesMax + SystemEventQueue.laneEventsMax + 10
    let kept = try (1...brands).count { queue.offer(try Self.event($0, brand: Int64($0))) }
    #expect(kept <= SystemEventQueue.lanesMax + SystemEventQueue.laneEventsMax && queue.count == kept)
  }

  @Test("what a request does wrong by itself is no event; every refusal of rights and every failure is one")
  func classes() {
    for reason in ProblemReason.allCases {
      let kind = RefusalClass(reason)
      if [401, 403, 429].contains(reason.status) && reason != .gameProviderDisabled { #expect(kind == .denial, "\(reason)") }
      if reason.status == 500 || reason.status == 502 || reason.status == 504 { #expect(kind == .failure, "\(reason)") }
      if [405, 411, 413, 414, 415, 422, 431].contains(reason.status) { #expect(kind == nil, "\(reason)") }
      #expect((RefusalClass.logEvent(reason) == nil) == (kind == nil))
    }
  }
}
