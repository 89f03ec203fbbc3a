import Redis
import TestSupport
import Testing

@Suite("Redis commands", .timeLimit(.minutes(2)))
struct RedisCommandTests {
  @Test("Replies reach the tasks that asked: 64 tasks with 1,000 commands each on one connection")
  func concurrentPipelining() async throws {
    try await withRedis { _, client in
      let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
        for task in 0..<64 {
          group.addTask {
            var wrong = 0
            for number in 0..<1000 {
              let word = "\(task)/\(number)"
              if try await client.send(["ECHO", RedisArgument(word)]) != .string(Array(word.utf8)) { wrong += 1 }
            }
            return wrong
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(wrong == 0)
      let statistics = try #require(try await client.send(["INFO", "commandstats"]).text)
      #expect(statistics.contains("cmdstat_echo:calls=64000,"))
      let clients = try #require(try await client.send(["CLIENT", "LIST"]).text)
      #expect(clients.split(separator: "\n").count == 1, "all commands share one connection")
      #expect(clients.contains("name=cordon"))
    }
  }

  @Test("A pipeline's commands lie side by side, and one that is refused doesn't hide the others")
  func pipeline() async throws {
    try await withRedis { _, client in
      let replies = try await client.pipeline([
        ["SET", "k", "text"], ["INCR", "k"], ["GET", "k"], ["GET", "absent"], ["MULTI"], ["INCR", "n"], ["EXEC"],
      ])
      #expect(replies.count == 7)
      #expect(replies[0] == .status("OK"))
      #expect(replies[1] == .error("ERR value is not an integer or out of range"))
      #expect(Array(replies[2...]) == [.string(Array("text".utf8)), .null, .status("OK"), .status("QUEUED"), .array([.integer(1)])])
      #expect(try await client.pipeline([]).isEmpty)
    }
  }

  @Test("Values are bytes: zero, line ends and every other byte come back as they went")
  func binary() async throws {
    try await withRedis { _, client in
      let bytes = (0...255).map { UInt8($0) } + Array("\r\n$5\r\n+OK\r\n".utf8)
      try await client.set("binary", RedisArgument(bytes))
      #expect(try await client.get("binary") == bytes)
      try await client.set("empty", "")
      #expect(try await client.get("empty") == [])
      #expect(try await client.get("absent") == nil)
    }
  }

  @Test("Values of 1 MiB pass, also several at once between small ones")
  func large() async throws {
    try await withRedis { _, client in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<8 {
          group.addTask {
            let value = [UInt8](repeating: UInt8(number), count: 1 << 20)
            try await client.set("large:\(number)", RedisArgument(value))
            try await client.set("small:\(number)", RedisArgument(number))
            let (large, small) = (try await client.get("large:\(number)"), try await client.get("small:\(number)"))
            return large == value && small == Array("\(number)".utf8)
          }
        }
        for try await same in group { #expect(same) }
      }
    }
  }

  @Test("Keys: set with conditions and expiry, delete, exists, expire, publish")
  func keys() async throws {
    try await withRedis { _, client in
      #expect(try await client.set("k", "1", expirySeconds: 100, onlyIfAbsent: true))
      #expect(try await client.set("k", "2", onlyIfAbsent: true) == false)
      #expect(try await client.get("k") == Array("1".utf8))
      let expiry = try #require(try await client.send(["TTL", "k"]).integer)
      #expect((1...100).contains(expiry))
      #expect(try await client.exists("k"))
      #expect(try await client.delete("k", "absent") == 1)
      #expect(try await client.exists("k") == false)
      #expect(try await client.expire("k", seconds: 5) == false)
      #expect(try await client.publish("nobody", "listens") == 0)
    }
  }

  @Test("A counter's window begins with its first increment and isn't prolonged by the next")
  func increment() async throws {
    try await withRedis { _, client in
      #expect(try await client.increment("plain") == 1)
      #expect(try await client.increment("plain", by: -3) == -2)
      #expect(try await client.increment("window", expirySeconds: 100) == 1)
      try await client.expire("window", seconds: 50)
      #expect(try await client.increment("window", by: 4, expirySeconds: 100) == 5)
      let expiry = try #require(try await client.send(["TTL", "window"]).integer)
      #expect((1...50).contains(expiry))
      #expect(try await client.send(["TTL", "plain"]) == .integer(-1))
      try await client.set("text", "x")
      await #expect(throws: RedisError.self) { try await client.increment("text", expirySeconds: 10) }
    }
  }

  @Test("SCAN's pages together hold every matching key and no other")
  func scan() async throws {
    try await withRedis { _, client in
      _ = try await client.pipeline((0..<500).map { ["SET", "domain:agent:\($0)", "x"] } + (0..<50).map { ["SET", "other:\($0)", "x"] })
      var (found, pages, cursor): (Set<String>, Int, String?) = ([], 0, "0")
      while let current = cursor {
        let page = try await client.scan(match: "domain:agent:*", cursor: current, pageSize: 50)
        found.formUnion(page.keys)
        (pages, cursor) = (pages + 1, page.next)
      }
      #expect(found == Set((0..<500).map { "domain:agent:\($0)" }))
      #expect(pages > 1)
    }
  }

  @Test("A script is sent once, named by its digest afterwards, and sent again when the server has forgotten it")
  func scripts() async throws {
    try await withRedis { _, client in
      let script = "return {KEYS[1], ARGV[1], redis.call('INCR', KEYS[1])}"
      func run() async throws -> RedisValue? { try await client.evaluate(script, keys: ["c"], arguments: ["a"]).array?.last }
      #expect(try await run() == .integer(1))
      #expect(try await run() == .integer(2))
      _ = try await client.send(["SCRIPT", "FLUSH"])
      #expect(try await run() == .integer(3))
      #expect(try await run() == .integer(4))
      let statistics = try #require(try await client.send(["INFO", "commandstats"]).text)
      #expect(statistics.contains("cmdstat_eval:calls=1,"))
      let failure = await failureKind { try await client.evaluate("return redis.error_reply('LIMIT reached')") }
      #expect(failure == .server("LIMIT reached"))
    }
  }

  @Test("The database of the URL is selected")
  func database() async throws {
    try await withRedis(configure: { $0.database = 5 }) { server, client in
      try await client.set("here", "1")
      let elsewhere = try await withClient(patientConfiguration(server.url)) { try await $0.exists("here") }
      #expect(!elsewhere)
      #expect(try await client.exists("here"))
    }
  }
}
