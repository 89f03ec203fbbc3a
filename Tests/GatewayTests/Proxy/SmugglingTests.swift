internal import Testing

@testable import Gateway

/// Requests that two readers could understand differently, or that aren't HTTP/1.1 at all. Each is refused, its connection ends, and
/// the service behind the gateway never sees a byte of it.
@Suite struct SmugglingTests {
  struct Payload: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: String
    let status: Int

    init(_ name: String, _ bytes: String, status: Int = 400) {
      self.name = name
      self.bytes = bytes
      self.status = status
    }

    var testDescription: String { name }
  }

  static let inner = "GET /r HTTP/1.1\r\nHost: a.example\r\n\r\n"

  static func post(_ fields: String, _ body: String = "") -> String { "POST /r HTTP/1.1\r\nHost: a.example\r\n\(fields)\r\n\(body)" }
  static func chunks(_ body: String) -> String { post("Transfer-Encoding: chunked\r\n", body) }
  static func get(_ fields: String) -> String { "GET /r HTTP/1.1\r\nHost: a.example\r\n\(fields)\r\n" }
  static func line(_ line: String) -> String { "\(line)\r\nHost: a.example\r\n\r\n" }
  static func host(_ host: String) -> String { "GET /r HTTP/1.1\r\n\(host)\r\n" }

  static let framing: [Payload] = [
    Payload("CL.TE", post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nG")),
    Payload("TE.CL", post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "5c\r\nGPOST / HTTP/1.1\r\n\r\n0\r\n\r\n")),
    Payload("CL.CL, different", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!")),
    Payload("CL.CL, equal", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")),
    Payload("Content-Length as a list of equals", post("Content-Length: 5, 5\r\n", "hello")),
    Payload("Content-Length with a plus sign", post("Content-Length: +5\r\n", "hello")),
    Payload("Content-Length with a minus sign", post("Content-Length: -5\r\n", "hello")),
    Payload("Content-Length in hexadecimal", post("Content-Length: 0x5\r\n", "hello")),
    Payload("Content-Length with a leading zero", post("Content-Length: 05\r\n", "hello")),
    Payload("Content-Length with a space inside", post("Content-Length: 5 5\r\n", "hello")),
    Payload("Content-Length that is empty", post("Content-Length: \r\n", "hello")),
    Payload("Content-Length with a letter behind", post("Content-Length: 5a\r\n", "hello")),
    Payload("Content-Length beyond 64 bits", post("Content-Length: 18446744073709551621\r\n", "hello")),
    Payload("Content-Length as a fraction", post("Content-Length: 5.0\r\n", "hello")),
    Payload("TE.TE, identity behind", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n")),
    Payload("TE.TE, both chunked", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
    Payload("Transfer-Encoding: xchunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")),
    Payload("Transfer-Encoding: identity", post("Transfer-Encoding: identity\r\n", "")),
    Payload("Transfer-Encoding: gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")),
    Payload("Transfer-Encoding: chunked, identity", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")),
    Payload("Transfer-Encoding: chunked with a parameter", post("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n")),
    Payload("Transfer-Encoding in quotes", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")),
    Payload("Transfer-Encoding that is empty", post("Transfer-Encoding:\r\n", "0\r\n\r\n")),
    Payload("Transfer-Encoding with a vertical tab", post("Transfer-Encoding: \u{0B}chunked\r\n", "0\r\n\r\n")),
    Payload("Transfer-Encoding with a space before the colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")),
    Payload("Transfer-Encoding folded", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")),
    Payload("Transfer-Encoding in HTTP/1.0", "POST /r HTTP/1.0\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
  ]

  static let chunked: [Payload] = [
    Payload("chunk size that is negative", chunks("-1\r\nhello\r\n0\r\n\r\n")),
    Payload("chunk size with 0x", chunks("0x5\r\nhello\r\n0\r\n\r\n")),
    Payload("chunk size with a plus sign", chunks("+5\r\nhello\r\n0\r\n\r\n")),
    Payload("chunk size with nine digits", chunks("000000005\r\nhello\r\n0\r\n\r\n")),
    Payload("chunk size that is empty", chunks("\r\nhello\r\n0\r\n\r\n")),
    Payload("chunk size with a space behind", chunks("5 \r\nhello\r\n0\r\n\r\n")),
    Payload("chunk size with a bare LF", chunks("5\nhello\r\n0\r\n\r\n")),
    Payload("chunk size with a bare CR", chunks("5\rhello\r\n0\r\n\r\n")),
    Payload("chunk data longer than its size", chunks("4\r\nhello\r\n0\r\n\r\n")),
    Payload("chunk data ended by a bare LF", chunks("5\r\nhello\n0\r\n\r\n")),
    Payload("chunk extension with a bare LF", chunks("5;a\nhello\r\n0\r\n\r\n")),
    Payload("chunk extension beyond the bound", chunks("5;\(String(repeating: "x", count: 300))\r\nhello\r\n0\r\n\r\n")),
    Payload("chunk extension with a NUL", chunks("5;a=\u{00}\r\nhello\r\n0\r\n\r\n")),
    Payload("trailer without a name", chunks("5\r\nhello\r\n0\r\n: x\r\n\r\n")),
    Payload("trailer with a space before the colon", chunks("5\r\nhello\r\n0\r\nX : y\r\n\r\n")),
    Payload("trailer folded", chunks("5\r\nhello\r\n0\r\nX: y\r\n z\r\n\r\n")),
    Payload("trailer ended by a bare LF", chunks("5\r\nhello\r\n0\r\nX: y\n\r\n")),
    Payload("trailers beyond the bound", chunks("0\r\nX: \(String(repeating: "y", count: 5000))\r\n\r\n"), status: 431),
  ]

  static let fields: [Payload] = [
    Payload("field folded", get("X: a\r\n b\r\n")),
    Payload("first field folded", "GET /r HTTP/1.1\r\n Host: a.example\r\n\r\n"),
    Payload("space before the colon", get("X : a\r\n")),
    Payload("tab before the colon", get("X\t: a\r\n")),
    Payload("no colon", get("X\r\n")),
    Payload("no name", get(": a\r\n")),
    Payload("name with a character that no token has", get("X(Y): a\r\n")),
    Payload("name with a NUL", get("X\u{00}: a\r\n")),
    Payload("value with a NUL", get("X: a\u{00}b\r\n")),
    Payload("value with a bare CR", get("X: a\rY: b\r\n")),
    Payload("value with a bell", get("X: a\u{07}\r\n")),
    Payload("value with a DEL", get("X: a\u{7F}\r\n")),
    Payload("field ended by a bare LF", get("X: a\nY: b\r\n")),
    Payload("head ended by bare LFs", "GET /r HTTP/1.1\nHost: a.example\n\n"),
    Payload("head ended by LF CR LF", "GET /r HTTP/1.1\r\nHost: a.example\n\r\n"),
    Payload("Connection that is no list of tokens", get("Connection: close; x\r\n")),
    Payload("Expect something else", post("Expect: 200-ok\r\nContent-Length: 5\r\n", "hello")),
    Payload("fields beyond the bound", get(String(repeating: "X: a\r\n", count: 101)), status: 431),
    Payload("head beyond the bound", get("X: \(String(repeating: "a", count: 17_000))\r\n"), status: 431),
  ]

  static let requestLines: [Payload] = [
    Payload("HTTP/0.9", "GET /r\r\n"),
    Payload("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    Payload("HTTP/2.0 in the version", line("GET /r HTTP/2.0"), status: 505),
    Payload("HTTP/1.2 in the version", line("GET /r HTTP/1.2"), status: 505),
    Payload("HTTP/1.10 in the version", line("GET /r HTTP/1.10")),
    Payload("version in lower case", line("GET /r http/1.1")),
    Payload("no version", line("GET /r ")),
    Payload("two spaces behind the method", line("GET  /r HTTP/1.1")),
    Payload("two spaces behind the target", line("GET /r  HTTP/1.1")),
    Payload("tab behind the method", line("GET\t/r HTTP/1.1")),
    Payload("space behind the version", line("GET /r HTTP/1.1 ")),
    Payload("space before the method", line(" GET /r HTTP/1.1")),
    Payload("empty line before the request", "\r\n" + inner),
    Payload("absolute-form target", line("GET http://a.example/r HTTP/1.1")),
    Payload("absolute-form target of another authority", line("GET http://b.example/r HTTP/1.1")),
    Payload("authority-form target", line("CONNECT a.example:443 HTTP/1.1")),
    Payload("asterisk-form target", line("OPTIONS * HTTP/1.1")),
    Payload("target without a slash", line("GET r HTTP/1.1")),
    Payload("target with a control character", line("GET /r\u{01} HTTP/1.1")),
    Payload("target with a byte above ASCII", line("GET /r\u{E9} HTTP/1.1")),
    Payload("target with a fragment", line("GET /r#x HTTP/1.1")),
    Payload("target with a half percent sign", line("GET /r%2 HTTP/1.1")),
    Payload("target beyond the bound", line("GET /\(String(repeating: "r", count: 5000)) HTTP/1.1"), status: 414),
    Payload("method with a character that no token has", line("G@T /r HTTP/1.1")),
    Payload("TLS greeting", "\u{16}\u{03}\u{01}\u{02}"),
  ]

  static let hosts: [Payload] = [
    Payload("no Host", "GET /r HTTP/1.1\r\n\r\n"),
    Payload("no Host in HTTP/1.0", "GET /r HTTP/1.0\r\n\r\n"),
    Payload("two Hosts, different", host("Host: a.example\r\nHost: b.example\r\n")),
    Payload("two Hosts, equal", host("Host: a.example\r\nhost: a.example\r\n")),
    Payload("Host that is empty", host("Host: \r\n")),
    Payload("Host with user information", host("Host: a.example@b.example\r\n")),
    Payload("Host with a path", host("Host: a.example/r\r\n")),
    Payload("Host with a space", host("Host: a.example b.example\r\n")),
    Payload("Host as a list", host("Host: a.example, b.example\r\n")),
    Payload("Host with a port that is no number", host("Host: a.example:80a\r\n")),
    Payload("Host with a port that is too large", host("Host: a.example:65536\r\n")),
    Payload("Host with an empty port", host("Host: a.example:\r\n")),
    Payload("Host with two ports", host("Host: a.example:80:80\r\n")),
    Payload("Host with a percent sign", host("Host: a%2eexample\r\n")),
    Payload("Host with a byte above ASCII", host("Host: \u{E9}.example\r\n")),
    Payload("Host of nothing but a dot", host("Host: .\r\n")),
    Payload("Host with an unclosed bracket", host("Host: [::1\r\n")),
  ]

  static let all = framing + chunked + fields + requestLines + hosts

  @Test("is refused, ends its connection, and no part of it reaches the service", arguments: all)
  func refused(_ payload: Payload) async throws {
    try await ProxyBench.run { bench in
      // A whole request behind it, so that anything left over would be taken for a request of its own.
      let answer = try await bench.exchange(payload.bytes + Self.inner)
      #expect(answer.hasPrefix("HTTP/1.1 \(payload.status) "), "\(answer.prefix(40))")
      #expect(answer.contains("connection: close\r\n"))
      #expect(answer.components(of: "HTTP/1.1 ") == 1, "one answer, then the end")
      #expect(bench.upstream.requestCount == 0)
    }
  }

  @Test("there are at least sixty of them")
  func count() { #expect(Self.all.count >= 60) }
}
