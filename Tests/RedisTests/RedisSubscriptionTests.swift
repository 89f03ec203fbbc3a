import Redis
import TestSupport
import Testing

@Suite("Redis subscriptions", .timeLimit(.minutes(2)))
struct RedisSubscriptionTests {
  @Test("Messages arrive in order; a restart of the server is told, and messages arrive again afterwards")
  func acrossRestart() async throws {
    try await withRedis { server, client in
      var events = client.subscribe(to: ["one", "two"]).makeAsyncIterator()
      #expect(await events.next() == .subscribed)
      for number in 0..<100 { #expect(try await client.publish(number.isMultiple(of: 2) ? "one" : "two", RedisArgument(number)) == 1) }
      for number in 0..<100 {
        let expected = RedisSubscriptionEvent.message(channel: number.isMultiple(of: 2) ? "one" : "two", payload: Array("\(number)".utf8))
        #expect(await events.next() == expected)
      }
      await server.crash()
      #expect(await events.next() == .interrupted)
      try await server.startAgain()
      #expect(await events.next() == .subscribed)
      try await eventually("connected again") { (try? await client.publish("two", RedisArgument([0, 255]))) == 1 }
      #expect(await events.next() == .message(channel: "two", payload: [0, 255]))
    }
  }

  @Test("A subscription that begins while the server is away says so, and subscribes when it comes")
  func beginsInterrupted() async throws {
    try await withRedis { server, client in
      await server.crash()
      var events = client.subscribe(to: ["c"]).makeAsyncIterator()
      #expect(await events.next() == .interrupted)
      try await server.startAgain()
      #expect(await events.next() == .subscribed)
    }
  }

  @Test("A server that stands still is noticed by its silence")
  func silence() async throws {
    try await withRedis(configure: { $0.livenessInterval = .milliseconds(100) }) { server, client in
      var events = client.subscribe(to: ["c"]).makeAsyncIterator()
      #expect(await events.next() == .subscribed)
      server.pause()
      #expect(await events.next() == .interrupted)
      server.resume()
      #expect(await events.next() == .subscribed)
    }
  }

  @Test("Leaving the loop closes the subscription's connection")
  func termination() async throws {
    try await withRedis { _, client in
      for await event in client.subscribe(to: ["c"]) where event == .subscribed { break }
      try await eventually("unsubscribed") {
        try await client.send(["PUBSUB", "NUMSUB", "c"]) == .array([.string(Array("c".utf8)), .integer(0)])
      }
      try await eventually("disconnected") { try await client.send(["CLIENT", "LIST"]).text?.split(separator: "\n").count == 1 }
    }
  }

  @Test("The sequence ends when the client is closed, and when the task is cancelled")
  func endings() async throws {
    try await withRedis { _, client in
      await withTaskGroup { group in
        group.addTask { for await _ in client.subscribe(to: ["c"]) {} }
        try? await eventually("subscribed") { try await client.publish("c", "x") == 1 }
        group.cancelAll()
      }
      await withTaskGroup { group in
        group.addTask { for await _ in client.subscribe(to: ["c"]) {} }
        try? await eventually("subscribed") { try await client.publish("c", "x") == 1 }
        await client.close()
      }
    }
  }
}
