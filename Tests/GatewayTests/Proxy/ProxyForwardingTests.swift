internal import Contracts
internal import Foundation
internal import Testing

@testable import Gateway

@Suite struct ProxyForwardingTests {
  static let get = "GET /r HTTP/1.1\r\nHost: a.example\r\n\r\n"

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

  @Test("a request that comes byte by byte is the same request")
  func slowly() async throws {
    try await ProxyBench.run { bench in
      let client = try await bench.connect()
      for byte in "POST /r HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello".utf8 { try await client.send([byte]) }
      #expect(try await client.response().hasPrefix("HTTP/1.1 200 "))
      #expect(bench.upstream.requests.first?.body == Array("hello".utf8))
      await client.close()
    }
  }

  @Test("S0-RES-10 no internal and no hop-by-hop field of the client passes; the gateway writes its own")
  func strips() async throws {
    try await ProxyBench.run { bench in
      let forged = HeaderNames.internalOnly.map { "\($0.uppercased()): forged\r\n" }.joined()
      let hop =
        "Connection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nTE: trailers\r\nTrailer: X\r\nUpgrade: h2c\r\nProxy-Connection: x\r\n"
      let forwarded = "X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Host: b.example\r\nForwarded: host=b.example\r\nX-Real-IP: 9.9.9.9\r\n"
      _ = try await bench.exchange("GET /r HTTP/1.1\r\nHost: a.example\r\n\(forged)\(hop)\(forwarded)X-Kept: yes\r\nAccept: */*\r\n\r\n")
      let request = try #require(bench.upstream.requests.first)
      for name in HeaderNames.internalOnly { #expect(!request.values(name).contains("forged"), "\(name)") }
      for name in [
        "x-hop", "keep-alive", "te", "trailer", "upgrade", "proxy-connection", "x-forwarded-for", "x-forwarded-host", "forwarded",
        "x-real-ip",
      ] {
        #expect(request.values(name).isEmpty, "\(name)")
      }
      #expect(request.values("x-brand-id") == ["1"])
      #expect(request.values("x-player-id") == ["7"])
      #expect(request.values("x-session-id") == ["s-1"])
      #expect(request.values("x-client-address") == ["127.0.0.1"])
      #expect(request.values("x-origin-host") == ["a.example"], "S0-WAL-34")
      #expect(request.values("x-caller-service") == ["gateway"])
      #expect(request.values("x-internal-service-token") == ["token-of-player_service"])
      #expect(request.values("x-kept") == ["yes"])
      #expect(request.values("host") == ["a.example"])
      #expect(request.values("x-brand-signature").isEmpty, "only writes to the wallet are signed")
    }
  }

  @Test("every internal header name of Contracts is dropped", arguments: HeaderNames.internalOnly.sorted())
  func dropsAll(_ name: String) {
    let kind = Array(name.utf8).withUnsafeBytes { FieldKind(name: $0) }
    #expect(kind == .dropped)
  }

  @Test("internal and hop-by-hop fields of the service's answer don't pass")
  func stripsAnswers() async throws {
    let upstream = UpstreamServer { _, _ in
      UpstreamServer.ok(
        "x", fields: "X-Brand-Id: 1\r\nX-Internal-Service-Token: secret\r\nKeep-Alive: timeout=5\r\nX-Request-Id: other\r\nX-Kept: yes\r\n")
    }
    try await ProxyBench.run(upstream: upstream) { bench in
      let client = try await bench.connect()
      try await client.send("GET /r HTTP/1.1\r\nHost: a.example\r\nX-Request-Id: mine-1\r\n\r\n")
      let answer = try await client.response().lowercased()
      for name in ["x-brand-id", "x-internal-service-token", "keep-alive"] { #expect(!answer.contains(name), "\(name)") }
      #expect(answer.contains("x-request-id: mine-1\r\n"))
      #expect(answer.components(of: "x-request-id") == 1)
      #expect(answer.contains("x-kept: yes"))
      #expect(bench.upstream.requests.first?.value("x-request-id") == "mine-1")
      await client.close()
    }
  }

  @Test("a trace goes on without its sampled flag; what isn't a trace starts a new one")
  func traces() async throws {
    try await ProxyBench.run { bench in
      let trace = "0af7651916cd43dd8448eb211c80319c"
      for header in ["00-\(trace)-b7ad6b7169203331-01", "00-\(trace)-0000000000000000-01", "ff-\(trace)-b7ad6b7169203331-01", "x"] {
        _ = try await bench.exchange(
          "GET /r HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\ntraceparent: \(header)\r\ntracestate: a=b\r\n\r\n")
      }
      let seen = bench.upstream.requests.compactMap { $0.value("traceparent") }
      #expect(seen[0].hasPrefix("00-\(trace)-") && seen[0].hasSuffix("-00"))
      #expect(!seen[0].contains("b7ad6b7169203331"), "the gateway's span is another one")
      #expect(bench.upstream.requests.map { $0.values("tracestate").count } == [1, 0, 0, 0])
      for value in seen.dropFirst() { #expect(!value.contains(trace) && value.utf8.count == 55) }
    }
  }

  @Test("a chunked body arrives whole, without extensions and trailers")
  func chunkedRequest() async throws {
    try await ProxyBench.run { bench in
      let client = try await bench.connect()
      try await client.send(
        "POST /r HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n5;name=value\r\nhello\r\n6\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n\(Self.get)"
      )
      #expect(try await client.response().hasPrefix("HTTP/1.1 200 "))
      #expect(try await client.response().hasPrefix("HTTP/1.1 200 "))
      let requests = bench.upstream.requests
      #expect(requests.count == 2)
      #expect(requests.first?.body == Array("hello world".utf8))
      #expect(requests.first?.values("x-trailer").isEmpty == true)
      await client.close()
    }
  }

  @Test("a chunked answer arrives chunked; for an HTTP/1.0 client it ends with the connection")
  func chunkedAnswer() async throws {
    let upstream = UpstreamServer { _, _ in
      [
        .write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"), .pause(milliseconds: 20),
        .write("lo\r\n1;x=y\r\n!\r\n0\r\nX-T: 1\r\n\r\n"),
      ]
    }
    try await ProxyBench.run(upstream: upstream) { bench in
      let modern = try await bench.exchange("GET /r HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n")
      #expect(modern.contains("transfer-encoding: chunked\r\n"))
      #expect(modern.hasSuffix("\r\n0\r\n\r\n") && !modern.contains("X-T"))
      #expect(Self.withoutChunkSizes(modern) == "hello!")
      let old = try await bench.exchange("GET /r HTTP/1.0\r\nHost: a.example\r\n\r\n")
      #expect(!old.lowercased().contains("transfer-encoding"))
      #expect(old.contains("connection: close\r\n"))
      #expect(old.hasSuffix("\r\n\r\nhello!"))
    }
  }

  /// The body of a chunked answer; how the pieces were cut depends on when they came.
  static func withoutChunkSizes(_ answer: String) -> String {
    let lines = answer.components(separatedBy: "\r\n\r\n")[1].components(separatedBy: "\r\n")
    return lines.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element).joined()
  }

  @Test("an answer without any length ends with the service's connection")
  func untilClose() async throws {
    let upstream = UpstreamServer { _, _ in [.write("HTTP/1.0 200 OK\r\n\r\nall of it"), .close] }
    try await ProxyBench.run(upstream: upstream) { bench in
      let answer = try await bench.exchange("GET /r HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n")
      #expect(answer.hasSuffix("9\r\nall of it\r\n0\r\n\r\n"))
    }
  }

  @Test("HEAD, 204 and 304 have no body, whatever their fields say, and the connection goes on")
  func bodiless() async throws {
    let upstream = UpstreamServer { request, serial in
      switch serial {
      case 1: [.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")]
      case 2: [.write("HTTP/1.1 204 No Content\r\n\r\n")]
      case 3: [.write("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n")]
      default: UpstreamServer.ok("end")
      }
    }
    try await ProxyBench.run(upstream: upstream) { bench in
      let client = try await bench.connect()
      try await client.send("HEAD /r HTTP/1.1\r\nHost: a.example\r\n\r\n\(Self.get)\(Self.get)\(Self.get)")
      #expect(try await client.wait { text, _ in text.hasSuffix("\r\n\r\nend") })
      let text = client.text
      #expect(text.components(of: "HTTP/1.1 ") == 4)
      #expect(text.lowercased().contains("content-length: 5\r\n"))
      #expect(text.contains("HTTP/1.1 204 No Content\r\n") && text.contains("HTTP/1.1 304 Not Modified\r\n"))
      await client.close()
    }
  }

  @Test("pipelined requests are answered in order, one at a time")
  func pipelined() async throws {
    let upstream = UpstreamServer { request, serial in
      serial == 1 ? [.pause(milliseconds: 50)] + UpstreamServer.ok("first") : UpstreamServer.ok(request.target)
    }
    try await ProxyBench.run(upstream: upstream) { bench in
      let client = try await bench.connect()
      try await client.send((1...5).map { "GET /r?n=\($0) HTTP/1.1\r\nHost: a.example\r\n\r\n" }.joined())
      #expect(try await client.response().hasSuffix("first"))
      for number in 2...5 { #expect(try await client.response().hasSuffix("/r?n=\(number)")) }
      #expect(bench.upstream.connectionCount == 1)
      await client.close()
    }
  }

  @Test("a client that waits for 100 Continue is told to go on; the service doesn't see the field")
  func expectContinue() async throws {
    try await ProxyBench.run { bench in
      let client = try await bench.connect()
      try await client.send("POST /r HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
      #expect(try await client.response() == "HTTP/1.1 100 Continue\r\n\r\n")
      try await client.send("hello")
      #expect(try await client.response().hasPrefix("HTTP/1.1 200 "))
      #expect(bench.upstream.requests.first?.values("expect").isEmpty == true)
      await client.close()
    }
  }

  @Test("a refused client that waits for 100 Continue isn't invited, and its connection ends")
  func expectRefused() async throws {
    try await ProxyBench.run { bench in
      let answer = try await bench.exchange("POST /none HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 404 ") && answer.contains("connection: close"))
      #expect(!answer.contains("100 Continue"))
    }
  }

  @Test("after a refusal with a body on its way the connection goes on with the next request")
  func refusalKeepsConnection() async throws {
    try await ProxyBench.run { bench in
      let client = try await bench.connect()
      try await client.send("POST /none HTTP/1.1\r\nHost: a.example\r\nContent-Length: 10\r\n\r\n12345")
      #expect(try await client.response().hasPrefix("HTTP/1.1 404 "))
      try await client.send("67890\(Self.get)")
      #expect(try await client.response().hasPrefix("HTTP/1.1 200 "))
      #expect(bench.upstream.requestCount == 1)
      await client.close()
    }
  }

  @Test("a client that closes its sending direction still gets its answer")
  func halfClose() async throws {
    let upstream = UpstreamServer { _, _ in [.pause(milliseconds: 50)] + UpstreamServer.ok("late") }
    try await ProxyBench.run(admission: OpenAdmission(delay: .milliseconds(20)), upstream: upstream) { bench in
      let client = try await bench.connect()
      try await client.send("POST /r HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello")
      try await client.closeOutput()
      #expect(try await client.readToEnd().hasSuffix("late"))
      await client.close()
    }
  }

  @Test("a signed write is collected, signed over its bytes and sent with its length")
  func signed() async throws {
    try await ProxyBench.run { bench in
      let client = try await bench.connect()
      try await client.send(
        "POST /signed?q=1 HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\nX-Brand-Signature: forged\r\n\r\n2\r\n{\"\r\n3\r\na\"}\r\n0\r\n\r\n"
      )
      #expect(try await client.response().hasPrefix("HTTP/1.1 200 "))
      let request = try #require(bench.upstream.requests.first)
      #expect(request.values("x-brand-signature") == ["1|POST|/signed?q=1|{\"a\"}"])
      #expect(request.values("content-length") == ["5"])
      #expect(request.values("transfer-encoding").isEmpty)
      #expect(request.body == Array("{\"a\"}".utf8))
      await client.close()
    }
  }
}
