internal import NIOCore
internal import Testing

@testable import Gateway

@Suite struct RateLedgerTests {
  static let key = RateLedger.Key(rateClass: .general, client: "192.0.2.1")
  static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
  static let end = start + .seconds(60)

  @Test("a reservation lets as many pass as it holds, then Redis is asked again")
  func reservation() {
    var ledger = RateLedger()
    #expect(ledger.take(Self.key, now: Self.start) == .exhausted)
    #expect(ledger.enter(3, for: Self.key, endsAt: Self.end, now: Self.start) == .within)
    #expect(ledger.take(Self.key, now: Self.start) == .within)
    #expect(ledger.take(Self.key, now: Self.start) == .within)
    #expect(ledger.take(Self.key, now: Self.start) == .exhausted)
  }

  @Test("when nothing is granted the client waits for the window's end, and no longer")
  func exceeded() {
    var ledger = RateLedger()
    #expect(ledger.enter(0, for: Self.key, endsAt: Self.end, now: Self.start) == .exceeded(retryAfterSeconds: 60))
    #expect(ledger.take(Self.key, now: Self.start + .seconds(30)) == .exceeded(retryAfterSeconds: 30))
    #expect(ledger.take(Self.key, now: Self.end) == .exhausted)
  }

  @Test("grants of requests that asked at the same time add up, also when the last of them got nothing")
  func concurrent() {
    var ledger = RateLedger()
    _ = ledger.enter(2, for: Self.key, endsAt: Self.end, now: Self.start)
    #expect(ledger.enter(0, for: Self.key, endsAt: Self.end, now: Self.start) == .within)
    #expect(ledger.take(Self.key, now: Self.start) == .exceeded(retryAfterSeconds: 60))
  }

  @Test("a reservation isn't used after its window")
  func lapses() {
    var ledger = RateLedger()
    _ = ledger.enter(100, for: Self.key, endsAt: Self.end, now: Self.start)
    #expect(ledger.take(Self.key, now: Self.end) == .exhausted)
  }

  @Test("the number of clients that are remembered is bounded")
  func bounded() {
    var ledger = RateLedger()
    for number in 0..<(RateLedger.clientsMax + 10) {
      _ = ledger.enter(1, for: .init(rateClass: .general, client: String(number)), endsAt: Self.end, now: Self.start)
    }
    #expect(ledger.count <= RateLedger.clientsMax)
  }
}
