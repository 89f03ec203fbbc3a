import Testing

@testable import Platform

@Suite("Request ids and traces")
struct RequestIDTests {
  @Test("a proper request id is kept and returned", arguments: ["a", "0190a5d4-7b1e-7c3a", String(repeating: "x", count: 128), "!~"])
  func kept(id: String) async throws {
    try await ServedRole.serving { role in
      let answer = try await role.send("GET", "/livez", headers: [("x-request-id", id)])
      #expect(answer.header("x-request-id") == id)
    }
  }

  @Test("any other is replaced by a new UUIDv7", arguments: ["", "a b", String(repeating: "x", count: 129), "é"])
  func replaced(id: String) async throws {
    try await ServedRole.serving { role in
      let answer = try await role.send("GET", "/livez", headers: [("x-request-id", id)])
      let new = try #require(answer.header("x-request-id"))
      #expect(new != id && new.count == 36)
      #expect(Array(new)[14] == "7")
    }
  }

  @Test("two request ids are as good as none")
  func repeated() async throws {
    try await ServedRole.serving { role in
      let answer = try await role.send("GET", "/livez", headers: [("x-request-id", "a"), ("x-request-id", "b")])
      #expect(answer.header("x-request-id")?.count == 36)
    }
  }

  @Test("a valid traceparent is continued, and answered with a span of our own")
  func continued() async throws {
    try await ServedRole.serving { role in
      let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
      let response = try #require(try await role.send("GET", "/livez", headers: [("traceparent", parent)]).header("traceresponse"))
      #expect(response.hasPrefix("00-4bf92f3577b34da6a3ce929d0e0e4736-"))
      #expect(response.hasSuffix("-01"))
      #expect(!response.contains("00f067aa0ba902b7"))
    }
  }

  @Test(
    "an invalid traceparent starts a new trace and fails nothing",
    arguments: [
      "", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
      "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra", "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01", "hello",
    ])
  func restarted(parent: String) async throws {
    try await ServedRole.serving { role in
      let answer = try await role.send("GET", "/livez", headers: [("traceparent", parent)])
      let response = try #require(answer.header("traceresponse").flatMap(TraceContext.parse))
      #expect(answer.status == 200)
      #expect(!parent.contains(response.traceID))
    }
  }

  @Test("a later version's longer header is read by its first four parts")
  func laterVersion() {
    let parsed = TraceContext.parse("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-more")
    #expect(parsed?.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
    #expect(parsed?.isSampled == false)
  }

  @Test("tracestate is handed on within its bounds and dropped beyond them")
  func state() {
    let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    #expect(TraceContext.continuing(traceparent: parent, tracestate: "a=1,b=2").child().state == "a=1,b=2")
    #expect(TraceContext.continuing(traceparent: parent, tracestate: String(repeating: "a", count: 513)).state == "")
    #expect(TraceContext.continuing(traceparent: nil, tracestate: "a=1").state == "")
  }

  @Test("S0-SVC-11 the log line of a request carries brand, request id, service and caller")
  func logged() async throws {
    try await ServedRole.serving { role in
      _ = try await role.send(
        "GET", "/v1/notes/5", headers: [("x-brand-id", "2"), ("x-caller-service", "gateway"), ("x-request-id", "logged-1")])
      let line = try #require(role.log.lines.first { $0.contains("logged-1") })
      for part in [
        #""brand_id":2"#, #""brand_code":"brand2""#, #""service":"wallet_service""#, #""caller_service":"gateway""#, #""status":200"#,
        #""route":"/v1/notes/{note_id}""#,
      ] {
        #expect(line.contains(part), "\(line)")
      }
    }
  }
}
