import Redis
import TestSupport
import Testing

@Suite("Redis key tracking", .timeLimit(.minutes(2)))
struct RedisTrackingTests {
  @Test("Changes and deletions by other clients are told, keys with other prefixes are not, and FLUSHALL is told as such")
  func invalidations() async throws {
    try await withRedis { server, client in
      var events = client.track(prefixes: ["domain:agent:", "domain:level:"]).makeAsyncIterator()
      #expect(await events.next() == .established)
      try await withClient(patientConfiguration(server.url)) { other in
        try await other.set("unrelated", "1")
        try await other.set("domain:agent:brand2.local", "1")
        #expect(await events.next() == .invalidated(["domain:agent:brand2.local"]))
        try await other.delete("domain:agent:brand2.local")
        #expect(await events.next() == .invalidated(["domain:agent:brand2.local"]))
        try await client.set("domain:level:x", "1")
        #expect(await events.next() == .invalidated(["domain:level:x"]))
        try await other.send(["PEXPIRE", "domain:level:x", "20"])
        #expect(await events.next() == .invalidated(["domain:level:x"]))
        #expect(await events.next() == .invalidated(["domain:level:x"]), "the expiry itself")
        try await other.send(["FLUSHALL"])
        #expect(await events.next() == .flushed)
      }
    }
  }

  @Test("kill -9 is told at once, and the tracking is established again after the restart")
  func acrossRestart() async throws {
    try await withRedis { server, client in
      var events = client.track(prefixes: ["k:"]).makeAsyncIterator()
      #expect(await events.next() == .established)
      await server.crash()
      #expect(await events.next() == .interrupted)
      try await server.startAgain()
      #expect(await events.next() == .established)
      try await eventually("connected again") { (try? await client.set("k:1", "1")) != nil }
      #expect(await events.next() == .invalidated(["k:1"]))
    }
  }

  @Test(
    "Losing either of the two connections interrupts: without the second, the first would be silent for ever",
    arguments: ["pubsub", "normal"])
  func losingOneConnection(type: String) async throws {
    try await withRedis { server, client in
      var events = client.track(prefixes: ["k:"]).makeAsyncIterator()
      #expect(await events.next() == .established)
      // Of the connections of that kind the youngest: the client's own is older.
      let list = try #require(try await client.send(["CLIENT", "LIST", "TYPE", RedisArgument(type)]).text)
      let ids = list.split(separator: "\n").compactMap { $0.split(separator: " ").first?.dropFirst(3) }.compactMap { Int($0) }
      let youngest = try #require(ids.max())
      #expect(try await client.send(["CLIENT", "KILL", "ID", RedisArgument(youngest)]) == .integer(1))
      #expect(await events.next() == .interrupted)
      #expect(await events.next() == .established)
      try await client.set("k:1", "1")
      #expect(await events.next() == .invalidated(["k:1"]))
    }
  }

  @Test("A server that stands still is noticed by its silence")
  func silence() async throws {
    try await withRedis(configure: { $0.livenessInterval = .milliseconds(100) }) { server, client in
      var events = client.track(prefixes: ["k:"]).makeAsyncIterator()
      #expect(await events.next() == .established)
      server.pause()
      #expect(await events.next() == .interrupted)
      server.resume()
      #expect(await events.next() == .established)
    }
  }

  @Test("A quiet tracking stays established over many signs of life")
  func quiet() async throws {
    try await withRedis(configure: { $0.livenessInterval = .milliseconds(400) }) { _, client in
      var events = client.track(prefixes: ["k:"]).makeAsyncIterator()
      #expect(await events.next() == .established)
      async let change: Void = {
        try await Task.sleep(for: .seconds(2))
        try await client.set("k:1", "1")
      }()
      #expect(await events.next() == .invalidated(["k:1"]))
      try await change
    }
  }
}
