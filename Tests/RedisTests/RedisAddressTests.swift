import Foundation
import Redis
import Testing

@Suite("Redis addresses", .timeLimit(.minutes(1)))
struct RedisAddressTests {
  @Test("Over TCP, by address and by name", arguments: ["127.0.0.1", "localhost"])
  func tcp(host: String) async throws {
    let port = try freePort()
    let server = try PrivateRedis(["--port", "\(port)", "--bind", "127.0.0.1"])
    try await withClient(RedisConfiguration(url: "redis://\(host):\(port)")) { client in
      try await eventually { (try? await client.ping()) != nil }
      try await client.set("k", RedisArgument([UInt8](repeating: 1, count: 1 << 20)))
      #expect(try await client.get("k")?.count == 1 << 20)
    }
    server.kill()
  }

  @Test("Nobody listens, no such socket, no such host: the reason says which")
  func unreachable() async throws {
    let port = try freePort()
    let cases = [
      ("redis://127.0.0.1:\(port)", "Connection refused"), ("unix:///nonexistent/redis.sock", "No such file"),
      ("redis://no-such-host.invalid", "no-such-host.invalid could not be looked up"),
    ]
    for (url, reason) in cases {
      try await withClient(RedisConfiguration(url: url)) { client in
        try await eventually { client.status.reason?.contains(reason) == true }
        #expect(await failureKind { try await client.ping() } == .unreachable)
      }
    }
  }

  /// A port that was free a moment ago.
  private func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let found = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard found else { throw RedisError(.misconfigured, "There is no free port.") }
    return UInt16(bigEndian: address.sin_port)
  }
}
