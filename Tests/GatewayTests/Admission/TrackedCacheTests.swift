internal import NIOCore
internal import Testing

@testable import Gateway

@Suite struct TrackedCacheTests {
  static let now = NIODeadline.uptimeNanoseconds(1_000_000_000)

  static func cache(_ capacity: Int = 10) -> TrackedCache<Int> {
    let cache = TrackedCache<Int>(capacity: capacity, lifetime: .seconds(60))
    cache.resume()
    return cache
  }

  @Test("a value is served until its time is over")
  func lifetime() {
    let cache = Self.cache()
    cache.keep(1, for: "a", cache.ticket(for: "a"), now: Self.now)
    #expect(cache.lookup("a", now: Self.now + .seconds(59)) == 1)
    #expect(cache.lookup("a", now: Self.now + .seconds(60)) == nil)
  }

  @Test("a value that was read before a change of its key is not kept after it")
  func race() {
    let cache = Self.cache()
    let ticket = cache.ticket(for: "a")
    cache.invalidate("a")
    cache.keep(1, for: "a", ticket, now: Self.now)
    #expect(cache.lookup("a", now: Self.now) == nil)
    cache.keep(2, for: "a", cache.ticket(for: "a"), now: Self.now)
    #expect(cache.lookup("a", now: Self.now) == 2)
    for change in [
      cache.flush,
      {
        cache.suspend(); cache.resume()
      },
    ] {
      let ticket = cache.ticket(for: "a")
      change()
      cache.keep(3, for: "a", ticket, now: Self.now)
      #expect(cache.lookup("a", now: Self.now) == nil)
    }
  }

  @Test("while changes aren't told nothing is served and nothing is kept")
  func suspended() {
    let cache = Self.cache()
    cache.keep(1, for: "a", cache.ticket(for: "a"), now: Self.now)
    cache.suspend()
    #expect(cache.lookup("a", now: Self.now) == nil)
    cache.keep(1, for: "a", cache.ticket(for: "a"), now: Self.now)
    cache.resume()
    #expect(cache.lookup("a", now: Self.now) == nil)
  }

  @Test("never holds more than its capacity")
  func capacity() {
    let cache = Self.cache(3)
    for number in 0..<100 { cache.keep(number, for: String(number), cache.ticket(for: String(number)), now: Self.now) }
    #expect(cache.count <= 3)
  }
}
