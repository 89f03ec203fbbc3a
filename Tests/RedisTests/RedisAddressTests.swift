import Redis
import TestSupport
import Testing

@Suite("Redis addresses", .timeLimit(.minutes(1)))
struct RedisAddressTests {
  @Test("Over TCP, by address and by name", arguments: ["127.0.0.1", "localhost"])
  func tcp(host: String) async throws {
    let server = try await TestRedisServer.start(loopback: true)
    let url = server.url.replacing("127.0.0.1", with: host)
    try await withClient(patientConfiguration(url)) { client in
      try await client.set("k", RedisArgument([UInt8](repeating: 1, count: 1 << 20)))
      #expect(try await client.get("k")?.count == 1 << 20)
    }
    await server.stop()
  }

  @Test("Nobody listens, no such socket, no such host: the reason says which")
  func unreachable() async throws {
    let port = try FreePort.next()
    let cases = [
      ("redis://127.0.0.1:\(port)", "Connection refused"), ("unix:///nonexistent/redis.sock", "No such file"),
      ("redis://no-such-host.invalid", "no-such-host.invalid could not be looked up"),
    ]
    for (url, reason) in cases {
      try await withClient(patientConfiguration(url)) { client in
        try await eventually("the reason is told") { client.status.reason?.contains(reason) == true }
        #expect(await failureKind { try await client.ping() } == .unreachable)
      }
    }
  }
}
