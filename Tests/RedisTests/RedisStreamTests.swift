import Redis
import TestSupport
import Testing

@Suite("Redis streams", .timeLimit(.minutes(2)))
struct RedisStreamTests {
  @Test("A group's round trip: add, read, acknowledge, take over what a silent consumer left, and see the lag")
  func groupRoundTrip() async throws {
    try await withRedis { _, client in
      #expect(try await client.streamInfoGroups("wallet:events").isEmpty)
      try await client.streamGroupCreate("wallet:events", group: "rolling")
      try await client.streamGroupCreate("wallet:events", group: "rolling")
      var ids: [String] = []
      for number in 0..<5 {
        ids.append(
          try await client.streamAdd("wallet:events", fields: [("brand_id", "7"), ("payload", RedisArgument([0, UInt8(number)]))]))
      }
      let first = try await client.streamReadGroup(["wallet:events"], group: "rolling", consumer: "a", count: 3)
      #expect(first.map(\.id) == Array(ids[0..<3]))
      #expect(first[2].text("brand_id") == "7")
      #expect(first[2]["payload"] == [0, 2])
      #expect(first[2]["absent"] == nil)

      let group = try #require(try await client.streamInfoGroups("wallet:events").first)
      #expect((group.name, group.pending, group.lag, group.lastDeliveredID) == ("rolling", 3, 2, ids[2]))
      #expect(try await client.streamAcknowledge("wallet:events", group: "rolling", ids: [ids[0], "1-1"]) == 1)

      let claim = try await client.streamAutoClaim("wallet:events", group: "rolling", consumer: "b", minimumIdle: .zero, count: 10)
      #expect(claim.entries.map(\.id) == Array(ids[1..<3]))
      #expect(claim.next == nil)
      let own = try await client.streamReadGroup(["wallet:events"], group: "rolling", consumer: "b", count: 10, id: "0")
      #expect(own.map(\.id) == Array(ids[1..<3]))
      let none = try await client.streamAutoClaim("wallet:events", group: "rolling", consumer: "c", minimumIdle: .seconds(3600), count: 10)
      #expect(none.entries.isEmpty)
    }
  }

  @Test("Claiming goes on page by page, and tells which pending entries were trimmed away")
  func claimPages() async throws {
    try await withRedis { _, client in
      try await client.streamGroupCreate("s", group: "g")
      var ids: [String] = []
      for number in 0..<10 { ids.append(try await client.streamAdd("s", fields: [("n", RedisArgument(number))])) }
      _ = try await client.streamReadGroup(["s"], group: "g", consumer: "a", count: 10)
      _ = try await client.send(["XDEL", "s", RedisArgument(ids[1])])
      var (claimed, deleted, start): ([String], [String], String?) = ([], [], "0-0")
      while let from = start {
        let page = try await client.streamAutoClaim("s", group: "g", consumer: "b", minimumIdle: .zero, start: from, count: 3)
        claimed += page.entries.map(\.id)
        deleted += page.deletedIDs
        start = page.next
      }
      #expect(deleted == [ids[1]])
      #expect(claimed == ids.filter { $0 != ids[1] })
    }
  }

  @Test("A blocking read waits on a connection of its own, so that others aren't held up")
  func blockingRead() async throws {
    try await withRedis { _, client in
      try await client.streamGroupCreate("s", group: "g")
      async let waiting = client.streamReadGroup(["s", "t"], group: "g", consumer: "c", count: 10, block: .seconds(30))
      try await client.streamGroupCreate("t", group: "g")
      try await eventually("the read blocks") { try await client.send(["INFO", "clients"]).text?.contains("blocked_clients:1") == true }
      try await client.ping()
      let id = try await client.streamAdd("s", fields: [("a", "b")], id: "5-1")
      #expect(id == "5-1")
      #expect(try await waiting.map(\.id) == ["5-1"])
      // The connection is used again.
      #expect(try await client.streamReadGroup(["s"], group: "g", consumer: "c", count: 10, block: .milliseconds(20)).isEmpty)
      let clients = try #require(try await client.send(["CLIENT", "LIST"]).text)
      #expect(clients.split(separator: "\n").count == 2)
    }
  }

  @Test("A cancelled blocking read returns at once, and the server lets its connection go")
  func cancelledBlockingRead() async throws {
    try await withRedis { _, client in
      try await client.streamGroupCreate("s", group: "g")
      await withTaskGroup(of: RedisError.Kind?.self) { group in
        group.addTask {
          await failureKind {
            try await client.streamReadGroup(["s"], group: "g", consumer: "c", count: 1, block: .seconds(60))
          }
        }
        try? await eventually("the read blocks") { try await client.send(["INFO", "clients"]).text?.contains("blocked_clients:1") == true }
        group.cancelAll()
        #expect(await group.next() == .cancelled)
      }
      try await eventually("the server let go") { try await client.send(["INFO", "clients"]).text?.contains("blocked_clients:0") == true }
    }
  }

  @Test("A blocking read finds the server gone, and works again after the restart")
  func blockingReadAcrossRestart() async throws {
    try await withRedis { server, client in
      try await client.streamGroupCreate("s", group: "g")
      _ = try await client.streamReadGroup(["s"], group: "g", consumer: "c", count: 1, block: .milliseconds(5))
      await server.crash()
      try await server.startAgain()
      try await eventually("connected again") { (try? await client.streamGroupCreate("s", group: "g")) != nil }
      _ = try await client.streamAdd("s", fields: [("a", "b")])
      let entries = try await client.streamReadGroup(["s"], group: "g", consumer: "c", count: 1, block: .seconds(5))
      #expect(entries.count == 1)
    }
  }

  @Test("Explicit IDs must rise, and a maximum length trims the oldest")
  func explicitIDAndTrimming() async throws {
    try await withRedis { _, client in
      _ = try await client.streamAdd("s", fields: [("a", "b")], id: "9-1")
      let refusal = await #expect(throws: RedisError.self) { try await client.streamAdd("s", fields: [("a", "b")], id: "9-1") }
      #expect(refusal?.serverCode == "ERR")
      _ = try await client.pipeline(
        (0..<1000).map { RedisClient.streamAddCommand("t", fields: [("n", RedisArgument($0))], maximumLength: 100) })
      let length = try await client.streamLength("t")
      #expect((100..<400).contains(length))
    }
  }
}
