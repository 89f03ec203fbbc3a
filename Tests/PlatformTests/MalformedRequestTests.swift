import Testing

@testable import Platform

@Suite("Requests that are not proper HTTP/1.1")
struct MalformedRequestTests {
  struct Case: CustomStringConvertible, Sendable {
    let description: String
    let request: String
    var status = 400
    var reason = "malformed_request"
  }

  static let cases: [Case] = [
    Case(description: "no HTTP at all", request: "hello there\r\n\r\n"),
    Case(description: "TLS handshake", request: "\u{16}\u{03}\u{01}\u{00}\u{01}\r\n\r\n"),
    Case(description: "no host", request: "GET /health HTTP/1.1\r\n\r\n"),
    Case(description: "empty host", request: "GET /health HTTP/1.1\r\nHost:\r\n\r\n"),
    Case(description: "two hosts", request: "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    Case(description: "host with a path", request: "GET /health HTTP/1.1\r\nHost: a/b\r\n\r\n"),
    Case(description: "absolute target", request: "GET http://a/health HTTP/1.1\r\nHost: a\r\n\r\n"),
    Case(description: "CONNECT", request: "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
    Case(description: "fragment in the target", request: "GET /health#x HTTP/1.1\r\nHost: a\r\n\r\n"),
    Case(description: "space before the colon", request: "GET /health HTTP/1.1\r\nHost : a\r\n\r\n"),
    Case(description: "folded header", request: "GET /health HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n"),
    Case(description: "bare carriage return", request: "GET /health HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"),
    Case(description: "empty header name", request: "GET /health HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"),
    Case(
      description: "length and chunks",
      request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    Case(
      description: "chunks and length",
      request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
    Case(description: "two lengths", request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
    Case(
      description: "two equal lengths", request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
    Case(description: "length list", request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc"),
    Case(description: "signed length", request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc"),
    Case(description: "negative length", request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabc"),
    Case(description: "unknown coding", request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nabc"),
    Case(description: "coding list", request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    Case(description: "disguised coding", request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    Case(
      description: "chunk size that is no number", request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"
    ),
    Case(
      description: "unknown expectation", request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 1\r\n\r\na"),
    Case(description: "HTTP/1.0", request: "GET /health HTTP/1.0\r\nHost: a\r\n\r\n", status: 505, reason: "http_version_not_supported"),
    Case(description: "HTTP/2 preface", request: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    Case(description: "HTTP/2 by name", request: "GET / HTTP/2.0\r\nHost: a\r\n\r\n", status: 505, reason: "http_version_not_supported"),
    Case(
      description: "long target", request: "GET /\(String(repeating: "a", count: 5000)) HTTP/1.1\r\nHost: a\r\n\r\n", status: 414,
      reason: "target_too_long"),
    Case(
      description: "large header", request: "GET /health HTTP/1.1\r\nHost: a\r\nX-Big: \(String(repeating: "a", count: 20_000))\r\n\r\n",
      status: 431,
      reason: "header_too_large"),
    Case(
      description: "many headers", request: "GET /health HTTP/1.1\r\nHost: a\r\n\((0..<200).map { "X-\($0): 1\r\n" }.joined())\r\n",
      status: 431,
      reason: "header_too_large"),
    Case(
      description: "announced body too large", request: "POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n", status: 413,
      reason: "body_too_large"),
    Case(
      description: "chunked body too large",
      request:
        "POST /v1/notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n\(String(repeating: "a", count: 70_000))\r\n0\r\n\r\n",
      status: 413,
      reason: "body_too_large"),
  ]

  @Test("are answered with a problem and the connection is closed", arguments: cases)
  func refused(_ one: Case) async throws {
    try await ServedRole.serving { role in
      let connection = try RawConnection(port: role.port)
      connection.send(one.request)
      let answer = try await connection.readToEnd()
      #expect(answer.hasPrefix("HTTP/1.1 \(one.status) "), "\(answer.prefix(200))")
      #expect(answer.lowercased().contains("content-type: application/problem+json"))
      #expect(answer.lowercased().contains("connection: close"))
      #expect(answer.contains("\"reason\":\"\(one.reason)\""))
      #expect(answer.components(of: "HTTP/1.1 ") == 1)
    }
  }

  @Test("do not swallow the answers to the good requests before them")
  func pipelined() async throws {
    try await ServedRole.serving { role in
      let connection = try RawConnection(port: role.port)
      connection.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\nGET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n")
      let answer = try await connection.readToEnd()
      #expect(answer.components(of: "HTTP/1.1 200 ") == 2)
      #expect(answer.components(of: "HTTP/1.1 400 ") == 1)
    }
  }

  @Test("that hide a second request in their body reach no second handler")
  func smuggled() async throws {
    try await ServedRole.serving { role in
      let connection = try RawConnection(port: role.port)
      let hidden = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"
      connection.send("POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(hidden)")
      let answer = try await connection.readToEnd()
      #expect(answer.components(of: "HTTP/1.1 ") == 1)
      #expect(!answer.contains("request_total"))
    }
  }

  @Test("that end inside their body never reach a handler")
  func truncated() async throws {
    try await ServedRole.serving { role in
      let connection = try RawConnection(port: role.port)
      connection.send(
        "POST /v1/notes HTTP/1.1\r\nHost: a\r\nX-Brand-Id: 1\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{}")
      connection.finishSending()
      let answer = try await connection.readToEnd()
      #expect(answer.hasPrefix("HTTP/1.1 400 "))
      #expect(answer.contains("\"reason\":\"malformed_request\""))
    }
  }
}

extension String {
  func components(of part: String) -> Int { ranges(of: part).count }
}
