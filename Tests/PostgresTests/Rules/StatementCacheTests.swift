import Testing

@testable import Postgres

@Suite("prepared statements of a connection")
struct StatementCacheTests {
  private func key(_ number: Int) -> StatementCache.Key { StatementCache.Key(text: "SELECT \(number)", types: []) }

  @Test("the same text with other types is another statement")
  func types() {
    var cache = StatementCache()
    cache.insert(StatementCache.Key(text: "SELECT $1", types: [20]), name: "a")
    #expect(cache.name(for: StatementCache.Key(text: "SELECT $1", types: [23])) == nil)
    #expect(cache.name(for: StatementCache.Key(text: "SELECT $1", types: [20])) == "a")
  }

  @Test("names never come twice")
  func names() {
    var cache = StatementCache()
    #expect(Set((0..<1000).map { _ in cache.newName() }).count == 1000)
  }

  @Test("beyond the bound the least recently used gives way and is remembered until the server forgot it")
  func eviction() {
    var cache = StatementCache()
    for number in 0..<StatementCache.entriesMax { cache.insert(key(number), name: "s\(number)") }
    #expect(cache.name(for: key(0)) == "s0")
    cache.insert(key(1000), name: "s1000")
    #expect(cache.count == StatementCache.entriesMax)
    #expect(cache.name(for: key(1)) == nil)
    #expect(cache.name(for: key(0)) == "s0")
    #expect(cache.evicted == ["s1"])
    cache.deallocated("s1")
    #expect(cache.evicted.isEmpty)
  }
}
