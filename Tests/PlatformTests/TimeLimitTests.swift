import HTTPTypes
import Testing

@testable import Platform

@Suite("Connections that take their time")
struct TimeLimitTests {
  private var short: HTTPLimits {
    var limits = HTTPLimits()
    limits.headerTimeout = .milliseconds(300)
    limits.bodyTimeout = .milliseconds(300)
    limits.idleTimeout = .milliseconds(300)
    return limits
  }

  @Test("a header section that never ends is cut off with 408")
  func slowHeader() async throws {
    try await ServedRole.serving(limits: short) { role in
      let connection = try RawConnection(port: role.port)
      connection.send("GET /health HTTP/1.1\r\nHost: a\r\nX-Slow: ")
      let answer = try await connection.readToEnd()
      #expect(answer.hasPrefix("HTTP/1.1 408 "))
      #expect(answer.contains("\"reason\":\"request_timeout\""))
    }
  }

  @Test("a header section that arrives byte by byte is cut off all the same")
  func drippingHeader() async throws {
    try await ServedRole.serving(limits: short) { role in
      let connection = try RawConnection(port: role.port)
      connection.send("GET /health HTTP/1.1\r\nHost: a\r\n")
      // Each byte alone would keep a timer alive that counted from the last one.
      for _ in 0..<60 {
        connection.send("X")
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(try await connection.readToEnd().hasPrefix("HTTP/1.1 408 "))
    }
  }

  @Test("a body that never ends is cut off with 408")
  func slowBody() async throws {
    try await ServedRole.serving(limits: short) { role in
      let connection = try RawConnection(port: role.port)
      connection.send("POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
      #expect(try await connection.readToEnd().hasPrefix("HTTP/1.1 408 "))
    }
  }

  @Test("a connection without a request is closed without a word")
  func idle() async throws {
    try await ServedRole.serving(limits: short) { role in
      let connection = try RawConnection(port: role.port)
      #expect(try await connection.readToEnd() == "")
    }
  }

  @Test("a slow handler isn't cut off by the idle limit")
  func slowHandler() async throws {
    let gate = Gate()
    let slow = Endpoint(.get, "/v1/slow", id: "slow", summary: "Waits", access: .open, reply: .noContent) { _ in
      await gate.pass()
      return .noContent
    }
    try await ServedRole.serving([slow], limits: short) { role in
      async let answer = role.send("GET", "/v1/slow")
      // Three times the idle limit: what is asserted is that nothing happened in it.
      try await Task.sleep(for: .milliseconds(900))
      gate.open()
      #expect(try await answer.status == 204)
    }
  }

  @Test("connections above the maximum wait until another one ends")
  func connectionCount() async throws {
    var limits = HTTPLimits()
    limits.connectionsMax = 2
    try await ServedRole.serving(limits: limits) { role in
      let request = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n"
      var held: [RawConnection] = []
      for _ in 0..<2 {
        let connection = try RawConnection(port: role.port)
        connection.send(request)
        _ = try await connection.read(until: "\"role\"")
        held.append(connection)
      }
      let waiting = try RawConnection(port: role.port)
      waiting.send(request)
      await #expect(throws: (any Error).self) { try await waiting.readToEnd(within: .milliseconds(300)) }
      held.removeFirst()
      #expect(try await waiting.read(until: "\"role\"").hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test("100-continue is answered before the body is sent")
  func expectation() async throws {
    try await ServedRole.serving { role in
      let connection = try RawConnection(port: role.port)
      connection.send(
        "POST /v1/notes HTTP/1.1\r\nHost: a\r\nX-Brand-Id: 1\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 56\r\n\r\n"
      )
      _ = try await connection.read(until: "HTTP/1.1 100 ")
      connection.send(#"{"title":"hello","amount":{"amount":1,"currency":"EUR"}}"#)
      #expect(try await connection.read(until: "\"title\":\"hello\"").contains("HTTP/1.1 201 "))
    }
  }
}
