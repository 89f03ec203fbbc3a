internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Testing

@testable import Gateway

/// What the proxy keeps and waits for has an end.
@Suite struct ProxyLimitsTests {
  static let get = ProxyForwardingTests.get

  static func settings(_ change: (inout ProxySettings) -> Void) -> ProxySettings {
    var settings = ProxyBench.quick
    change(&settings)
    return settings
  }

  @Test("a body that announces too much is refused before it is read")
  func announcedBody() async throws {
    try await ProxyBench.run(settings: Self.settings { $0.bodyBytesMax = 100 }) { bench in
      let answer = try await bench.exchange("POST /r HTTP/1.1\r\nHost: a.example\r\nContent-Length: 101\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 413 "))
      #expect(bench.upstream.requestCount == 0)
    }
  }

  @Test("a chunked body that grows too large is cut off and never becomes a request of the service")
  func grownBody() async throws {
    try await ProxyBench.run(settings: Self.settings { $0.bodyBytesMax = 100 }) { bench in
      let chunk = "32\r\n\(String(repeating: "a", count: 50))\r\n"
      let answer = try await bench.exchange(
        "POST /r HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)\(chunk)\(chunk)0\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 413 "))
      #expect(bench.upstream.requestCount == 0)
    }
  }

  @Test("a head that doesn't end in time is answered 408")
  func slowHead() async throws {
    try await ProxyBench.run(settings: Self.settings { $0.headTimeout = .milliseconds(100) }) { bench in
      let answer = try await bench.exchange("GET /r HTTP/1.1\r\nHost: a.exam")
      #expect(answer.hasPrefix("HTTP/1.1 408 "))
    }
  }

  @Test("a body that doesn't end in time is answered 408, also when it trickles")
  func slowBody() async throws {
    try await ProxyBench.run(settings: Self.settings { $0.bodyTimeout = .milliseconds(200) }) { bench in
      let client = try await bench.connect()
      try await client.send("POST /r HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1000\r\n\r\n")
      for _ in 0..<100 where !client.isEnded && client.byteCount == 0 {
        try? await client.send("x")
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 408 "))
      #expect(bench.upstream.requestCount == 0)
      await client.close()
    }
  }

  @Test("an idle connection is closed without a word")
  func idle() async throws {
    try await ProxyBench.run(settings: Self.settings { $0.idleTimeout = .milliseconds(100) }) { bench in
      let client = try await bench.connect()
      #expect(try await client.readToEnd() == "")
      await client.close()
    }
  }

  @Test("one connection too many of an address is answered 503 and closed; when one ends there is room again")
  func connectionsPerAddress() async throws {
    try await ProxyBench.run(settings: Self.settings { $0.connectionsPerAddressMax = 2 }) { bench in
      let first = try await bench.connect()
      let second = try await bench.connect()
      for client in [first, second] {
        try await client.send(Self.get)
        #expect(try await client.response().hasPrefix("HTTP/1.1 200 "))
      }
      #expect(try await bench.exchange(Self.get).hasPrefix("HTTP/1.1 503 "))
      await first.close()
      var isServed = false
      for _ in 0..<200 where !isServed {
        let client = try await bench.connect()
        try await client.send(Self.get)
        isServed = try await client.response().hasPrefix("HTTP/1.1 200 ")
        await client.close()
      }
      #expect(isServed)
      await second.close()
    }
  }

  @Test("requests beyond the pool and its queue are answered 503 at once")
  func poolQueue() async throws {
    let upstream = UpstreamServer { _, _ in [.pause(milliseconds: 300)] + UpstreamServer.ok("x") }
    let settings = Self.settings {
      $0.upstreamConnectionsMax = 1
      $0.upstreamWaitersMax = 1
    }
    try await ProxyBench.run(settings: settings, upstream: upstream, group: MultiThreadedEventLoopGroup.singleton.next()) { bench in
      let answers = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<4 { group.addTask { try await bench.exchange("GET /r HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n") } }
        return try await group.reduce(into: [String]()) { $0.append(String($1.prefix(12))) }
      }
      #expect(answers.count { $0 == "HTTP/1.1 200" } == 2)
      #expect(answers.count { $0 == "HTTP/1.1 503" } == 2)
      #expect(bench.upstream.connectionCount == 1)
    }
  }

  @Test("a service that doesn't answer in time is answered for with 504")
  func responseTimeout() async throws {
    let upstream = UpstreamServer { _, _ in [.pause(milliseconds: 2000)] }
    try await ProxyBench.run(settings: Self.settings { $0.responseTimeout = .milliseconds(100) }, upstream: upstream) { bench in
      let client = try await bench.connect()
      try await client.send(Self.get)
      #expect(try await client.response().hasPrefix("HTTP/1.1 504 "))
      await client.close()
    }
  }

  @Test("an answer that stands still is broken off, not ended")
  func stalledAnswer() async throws {
    let upstream = UpstreamServer { _, _ in [.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"), .pause(milliseconds: 3000)] }
    try await ProxyBench.run(settings: Self.settings { $0.stallTimeout = .milliseconds(100) }, upstream: upstream) { bench in
      let answer = try await bench.exchange(Self.get)
      #expect(answer.hasSuffix("half"))
      #expect(bench.records.all.count == 1)
    }
  }

  @Test("a service that is away is answered for with 502")
  func noUpstream() async throws {
    try await ProxyBench.run { bench in
      await bench.upstream.stop()
      let client = try await bench.connect()
      try await client.send(Self.get)
      #expect(try await client.response().hasPrefix("HTTP/1.1 502 "))
      await client.close()
    }
  }

  @Test("a service that closes without an answer is answered for with 502; nothing is sent twice")
  func closedByUpstream() async throws {
    let upstream = UpstreamServer { _, _ in [.close] }
    try await ProxyBench.run(upstream: upstream) { bench in
      let client = try await bench.connect()
      try await client.send("POST /r HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello")
      #expect(try await client.response().hasPrefix("HTTP/1.1 502 "))
      #expect(bench.upstream.requestCount == 1)
      await client.close()
    }
  }

  @Test("a GET on an old connection that dies is sent again on a fresh one; a POST is not")
  func retry() async throws {
    let upstream = UpstreamServer { request, serial in serial == 2 || serial == 5 ? [.close] : UpstreamServer.ok(String(serial)) }
    try await ProxyBench.run(upstream: upstream) { bench in
      let client = try await bench.connect()
      let post = "POST /r HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello"
      try await client.send(Self.get)
      #expect(try await client.response().hasSuffix("1"))
      try await client.send(Self.get)
      #expect(try await client.response().hasSuffix("3"), "the second was lost and asked again")
      try await client.send(post)
      #expect(try await client.response().hasSuffix("4"))
      try await client.send(post)
      #expect(try await client.response().hasPrefix("HTTP/1.1 502 "))
      #expect(bench.upstream.requestCount == 5)
      await client.close()
    }
  }

  @Test(
    "an answer that is no HTTP is answered for with 502",
    arguments: [
      "HTTP/1.1 200 OK\nContent-Length: 1\n\nx", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
      "hello\r\n\r\n",
      "HTTP/1.1 99 Low\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    ])
  func badUpstream(_ bytes: String) async throws {
    try await ProxyBench.run(upstream: UpstreamServer { _, _ in [.write(bytes)] }) { bench in
      let client = try await bench.connect()
      try await client.send(Self.get)
      #expect(try await client.response().hasPrefix("HTTP/1.1 502 "))
      await client.close()
    }
  }

  @Test("bytes behind an answer are never given to the next request")
  func extraBytes() async throws {
    let upstream = UpstreamServer { _, serial in
      serial == 1
        ? [.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged")]
        : UpstreamServer.ok("2")
    }
    try await ProxyBench.run(upstream: upstream) { bench in
      let client = try await bench.connect()
      for number in 1...2 {
        try await client.send(Self.get)
        #expect(try await client.response().hasSuffix("\r\n\r\n\(number)"))
      }
      #expect(bench.upstream.connectionCount == 2)
      await client.close()
    }
  }

  @Test("100 and 103 of the service stay behind the gateway")
  func informational() async throws {
    let upstream = UpstreamServer { _, _ in
      [.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")] + UpstreamServer.ok("x")
    }
    try await ProxyBench.run(upstream: upstream) { bench in
      let client = try await bench.connect()
      try await client.send(Self.get)
      let answer = try await client.response()
      #expect(answer.hasPrefix("HTTP/1.1 200 ") && !answer.contains("103"))
      await client.close()
    }
  }

  @Test("a client that doesn't read slows the service down instead of filling the gateway")
  func backpressure() async throws {
    let size = 64 * 1024 * 1024
    let upstream = UpstreamServer { _, _ in [.write("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n"), .bytes(size)] }
    try await ProxyBench.run(upstream: upstream) { bench in
      let before = ResidentMemory.bytes
      let client = try await bench.connect(reads: false)
      try await client.send("GET /r HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n")
      try await Task.sleep(for: .milliseconds(500))
      // The service's double holds the body once; what must not be is that the gateway holds it too.
      #expect(ResidentMemory.bytes - before < size + size / 2)
      try await client.startReading()
      try await client.wait(seconds: 20) { _, ended in ended }
      #expect(client.byteCount > size)
      await client.close()
    }
  }

  @Test("a client that leaves frees its connection and ends the service's")
  func clientLeaves() async throws {
    let upstream = UpstreamServer { _, _ in [.pause(milliseconds: 1000)] + UpstreamServer.ok("x") }
    try await ProxyBench.run(upstream: upstream) { bench in
      let client = try await bench.connect()
      try await client.send(Self.get)
      while bench.upstream.requestCount == 0 { try await Task.sleep(for: .milliseconds(2)) }
      await client.close()
      for _ in 0..<1000 where bench.listener.connectionCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
      #expect(bench.listener.connectionCount == 0)
      #expect(bench.records.openConnections == 0)
    }
  }

  @Test("S4-STOP-01 while the process drains, answers end their connections and what is in flight is finished")
  func drain() async throws {
    let draining = Atomic<Bool>(false)
    let upstream = UpstreamServer { _, serial in serial == 1 ? UpstreamServer.ok("x") : [.pause(milliseconds: 300)] + UpstreamServer.ok("y")
    }
    try await ProxyBench.run(upstream: upstream, isDraining: { draining.load(ordering: .relaxed) }) { bench in
      let idle = try await bench.connect()
      let busy = try await bench.connect()
      try await idle.send(Self.get)
      #expect(try await idle.response().contains("connection: close") == false)
      try await busy.send(Self.get)
      while bench.upstream.requestCount < 2 { try await Task.sleep(for: .milliseconds(2)) }
      draining.store(true, ordering: .relaxed)
      let answer = try await busy.readToEnd()
      #expect(answer.contains("connection: close") && answer.hasSuffix("y"))
      #expect(!idle.isEnded)
      await bench.listener.shutdown()
      #expect(try await idle.readToEnd() == "")
      for client in [idle, busy] { await client.close() }
    }
  }
}
