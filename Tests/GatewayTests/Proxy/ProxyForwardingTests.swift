internal import Kernel
internal import NIOCore
internal import Testing

@testable import Gateway

@Suite struct ProxyForwardingTests {
  @Test("a request reaches the service and its answer comes back on a connection that stays open")
  func keepAlive() async throws {
    try await ProxyBench.run { bench in
      let client = try await bench.connect()
      for _ in 0..<3 {
        try await client.send("GET /r?x=1 HTTP/1.1\r\nHost: a.example\r\n\r\n")
        let answer = try await client.response()
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.hasSuffix("\r\n\r\nhello"))
        #expect(answer.contains("x-request-id: "))
      }
      #expect(bench.upstream.requests.map(\.target) == ["/r?x=1", "/r?x=1", "/r?x=1"])
      #expect(bench.upstream.connectionCount == 1, "the service's connection is used again")
      await client.close()
    }
  }
}
