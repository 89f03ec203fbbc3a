import Redis
import Synchronization
import TestSupport
import Testing

@Suite("Redis protocol", .timeLimit(.minutes(1)))
struct RedisProtocolTests {
  @Test("Replies that arrive byte by byte, or several at once, are read the same")
  func pieces() async throws {
    let reply = "*5\r\n$4\r\na\r\nb\r\n:-7\r\n$-1\r\n*-1\r\n*2\r\n+fine\r\n$0\r\n\r\n"
    for pieceBytes in [1, 3, 1000] {
      let server = try ScriptedServer(pieceBytes: pieceBytes) { $0.contains("SETNAME") ? "+OK\r\n" : reply + "-ERR no\r\n" }
      defer { server.stop() }
      try await withClient(server.configuration) { client in
        let replies = try await client.pipeline([["ONE"], ["TWO"]])
        let expected: [RedisValue] = [
          .array([.string(Array("a\r\nb".utf8)), .integer(-7), .null, .null, .array([.status("fine"), .string([])])]), .error("ERR no"),
        ]
        #expect(replies == expected)
      }
    }
  }

  @Test("Bytes that aren't the protocol end the connection, and the command's fate is called unknown")
  func garbage() async throws {
    let server = try ScriptedServer(pieceBytes: 100) { $0.contains("SETNAME") ? "+OK\r\n" : "HTTP/1.1 400 Bad Request\r\n\r\n" }
    defer { server.stop() }
    try await withClient(server.configuration) { client in
      let error = await #expect(throws: RedisError.self) { try await client.send(["GET", "k"]) }
      #expect(error?.kind == .connectionLost)
      #expect(error?.message.contains("Protocol error") == true)
    }
  }

  @Test("A command that the server took without answering is never sent again, though the client connects again")
  func neverResent() async throws {
    let received = Mutex(0)
    let server = try ScriptedServer(pieceBytes: 100) { bytes in
      if bytes.contains("SETNAME") { return "+OK\r\n" }
      if bytes.contains("PING") { return "+PONG\r\n" }
      received.withLock { $0 += bytes.matches(of: /INCR/).count }
      return nil
    }
    defer { server.stop() }
    try await withClient(server.configuration) { client in
      #expect(await failureKind { try await client.send(["INCR", "n"]) } == .connectionLost)
      try await eventually("connected again") { (try? await client.ping()) != nil }
      #expect(received.withLock { $0 } == 1)
    }
  }

  @Test("A reply of another shape than the command's is told as such, and isn't taken for a value")
  func surprisingShapes() async throws {
    let server = try ScriptedServer(pieceBytes: 100) { $0.contains("SETNAME") ? "+OK\r\n" : ":1\r\n" }
    defer { server.stop() }
    try await withClient(server.configuration) { client in
      #expect(await failureKind { try await client.get("k") } == .protocolViolation)
      #expect(await failureKind { try await client.scan(match: "*") } == .protocolViolation)
      #expect(await failureKind { try await client.streamAdd("s", fields: [("a", "b")]) } == .protocolViolation)
      #expect(await failureKind { try await client.streamReadGroup(["s"], group: "g", consumer: "c", count: 1) } == .protocolViolation)
      #expect(await failureKind { try await client.streamInfoGroups("s") } == .protocolViolation)
    }
  }

  @Test("A server that isn't Redis is told as unreachable, with what it said")
  func anotherServer() async throws {
    let server = try ScriptedServer(pieceBytes: 100) { _ in "-DENIED this is not for you\r\n" }
    defer { server.stop() }
    try await withClient(server.configuration) { client in
      try await eventually("the refusal is told") { client.status.reason?.contains("DENIED this is not for you") == true }
      #expect(await failureKind { try await client.ping() } == .unreachable)
    }
  }
}
