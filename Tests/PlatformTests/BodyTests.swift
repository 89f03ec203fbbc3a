import Contracts
import Testing

@testable import Platform

@Suite("Bodies")
struct BodyTests {
  struct Case: CustomStringConvertible, Sendable {
    let description: String
    let body: String
    let reason: String
    var pointer: String?
  }

  static let cases: [Case] = [
    Case(description: "empty", body: "", reason: "invalid_json"),
    Case(description: "not JSON", body: "title=a", reason: "invalid_json"),
    Case(description: "cut off", body: #"{"title":"a""#, reason: "invalid_json"),
    Case(description: "text behind it", body: #"{"title":"a","amount":{"amount":1,"currency":"EUR"}} x"#, reason: "invalid_json"),
    Case(description: "second document", body: #"{"title":"a","amount":{"amount":1,"currency":"EUR"}}{}"#, reason: "invalid_json"),
    Case(description: "duplicate name", body: #"{"title":"a","title":"b","amount":{"amount":1,"currency":"EUR"}}"#, reason: "invalid_json"),
    Case(
      description: "duplicate name, disguised", body: #"{"title":"a","titl\u0065":"b","amount":{"amount":1,"currency":"EUR"}}"#,
      reason: "invalid_json"),
    Case(
      description: "duplicate name inside", body: #"{"title":"a","amount":{"amount":1,"amount":9,"currency":"EUR"}}"#,
      reason: "invalid_json"),
    Case(description: "lone surrogate", body: #"{"title":"\ud800","amount":{"amount":1,"currency":"EUR"}}"#, reason: "invalid_json"),
    Case(
      description: "control character", body: "{\"title\":\"a\u{01}\",\"amount\":{\"amount\":1,\"currency\":\"EUR\"}}",
      reason: "invalid_json"),
    Case(description: "NaN", body: #"{"title":"a","amount":{"amount":NaN,"currency":"EUR"}}"#, reason: "invalid_json"),
    Case(description: "leading zero", body: #"{"title":"a","amount":{"amount":01,"currency":"EUR"}}"#, reason: "invalid_json"),
    Case(description: "comment", body: #"{"title":"a"/**/,"amount":{"amount":1,"currency":"EUR"}}"#, reason: "invalid_json"),
    Case(description: "too deep", body: String(repeating: "[", count: 40) + String(repeating: "]", count: 40), reason: "invalid_json"),
    Case(description: "an array", body: "[]", reason: "invalid_field", pointer: ""),
    Case(description: "missing field", body: #"{"amount":{"amount":1,"currency":"EUR"}}"#, reason: "invalid_field", pointer: "/title"),
    Case(
      description: "wrong type", body: #"{"title":1,"amount":{"amount":1,"currency":"EUR"}}"#, reason: "invalid_field", pointer: "/title"),
    Case(
      description: "null for a required field", body: #"{"title":null,"amount":{"amount":1,"currency":"EUR"}}"#, reason: "invalid_field",
      pointer: "/title"),
    Case(
      description: "text too long", body: #"{"title":"aaaaaaaaaaaaaaaaaaaaa","amount":{"amount":1,"currency":"EUR"}}"#,
      reason: "invalid_field", pointer: "/title"),
    Case(
      description: "U+0000", body: #"{"title":"a\u0000","amount":{"amount":1,"currency":"EUR"}}"#, reason: "invalid_field",
      pointer: "/title"),
    Case(
      description: "fraction", body: #"{"title":"a","amount":{"amount":1.5,"currency":"EUR"}}"#, reason: "invalid_field",
      pointer: "/amount/amount"),
    Case(
      description: "exponent", body: #"{"title":"a","amount":{"amount":1e3,"currency":"EUR"}}"#, reason: "invalid_field",
      pointer: "/amount/amount"),
    Case(
      description: "number as text", body: #"{"title":"a","amount":{"amount":"1","currency":"EUR"}}"#, reason: "invalid_field",
      pointer: "/amount/amount"),
    Case(
      description: "beyond Int64", body: #"{"title":"a","amount":{"amount":99999999999999999999,"currency":"EUR"}}"#,
      reason: "invalid_field",
      pointer: "/amount/amount"),
    Case(
      description: "pattern", body: #"{"title":"a","amount":{"amount":1,"currency":"eur"}}"#, reason: "invalid_field",
      pointer: "/amount/currency"),
    Case(
      description: "out of range", body: #"{"title":"a","copies":10,"amount":{"amount":1,"currency":"EUR"}}"#, reason: "invalid_field",
      pointer: "/copies"),
    Case(
      description: "unknown field", body: #"{"title":"a","brand_id":2,"amount":{"amount":1,"currency":"EUR"}}"#, reason: "unknown_field",
      pointer: "/brand_id"),
    Case(
      description: "unknown field inside", body: #"{"title":"a","amount":{"amount":1,"currency":"EUR","a/b~c":0}}"#,
      reason: "unknown_field",
      pointer: "/amount/a~1b~0c"),
  ]

  @Test("that a route doesn't take are refused before its handler, with the place", arguments: cases)
  func refused(_ one: Case) async throws {
    try await ServedRole.serving { role in
      let answer = try await role.post("/v1/notes", one.body)
      #expect(answer.status == 400)
      let problem = try answer.decoded(ProblemBody.self)
      #expect(problem.reason == one.reason, "\(answer.text)")
      if let pointer = one.pointer { #expect(problem.errors.map(\.pointer) == [pointer]) }
    }
  }

  @Test("that fit reach the handler as a value")
  func accepted() async throws {
    try await ServedRole.serving { role in
      let answer = try await role.post(
        "/v1/notes", #" {"amount":{"currency":"EUR","amount":-0},"copies":null,"title":"\u00e9\ud83d\ude00\n"} "#)
      #expect(answer.status == 400, "a line feed isn't printable")
      let fitting = try await role.post(
        "/v1/notes", #" {"amount":{"currency":"EUR","amount":5},"copies":null,"title":"\u00e9\ud83d\ude00\/"} "#)
      #expect(fitting.status == 201)
      #expect(try fitting.decoded(ExampleRoutes.Note.self) == ExampleRoutes.Note(id: 1, title: "é😀/", brand: 1))
    }
  }

  @Test("invalid UTF-8 is refused", arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) throws {
    #expect(throws: JSONFault.self) { try JSONDocument.parse([0x22] + bytes + [0x22]) }
  }

  @Test("every fault is named, up to a bound")
  func allFaults() async throws {
    try await ServedRole.serving { role in
      let both = try await role.post("/v1/notes", #"{"title":1,"copies":0,"amount":{"amount":1}}"#).decoded(ProblemBody.self)
      #expect(both.errors.map(\.pointer) == ["/title", "/copies", "/amount/currency"])
      let fields = (0..<500).map { "\"f\($0)\":0" }.joined(separator: ",")
      let many = try await role.post("/v1/notes", "{\(fields)}").decoded(ProblemBody.self)
      #expect(many.errors.count == SchemaRules.faultsMax)
    }
  }

  @Test(
    "only application/json is taken",
    arguments: ["text/plain", "application/json; charset=latin1", "application/jsonx", "", "multipart/form-data"])
  func mediaType(type: String) async throws {
    try await ServedRole.serving { role in
      let answer = try await role.send("POST", "/v1/notes", headers: [("x-brand-id", "1"), ("content-type", type)], body: Array("{}".utf8))
      #expect(answer.status == 415)
      #expect(answer.reason == "unsupported_media_type")
    }
  }

  @Test("a body where none is declared is refused")
  func unexpectedBody() async throws {
    try await ServedRole.serving { role in
      let answer = try await role.send("GET", "/v1/notes", headers: [("x-brand-id", "1"), ("x-player-id", "1")], body: Array("{}".utf8))
      #expect(answer.status == 400)
      #expect(answer.reason == "malformed_request")
    }
  }

  @Test("a text pattern means in code what its expression says")
  func patterns() {
    let samples: [(TextPattern, good: [String], bad: [String])] = [
      (.uuid, ["0190a5d4-7b1e-7c3a-9b1d-0123456789ab"], ["", "0190A5D4-7b1e-7c3a-9b1d-0123456789ab", "0190a5d47b1e7c3a9b1d0123456789ab"]),
      (
        .timestamp, ["2026-11-21T03:40:00Z", "2026-11-21T03:40:00.123456Z"],
        ["2026-11-21", "2026-11-21T03:40:00", "2026-11-21T03:40:00.Z", "2026-11-21T03:40:00+01:00"]
      ),
      (.word, ["a", "A.b-c_9"], ["", "-a", "a b", "é"]),
      (.lowercaseWord, ["brand2"], ["2brand", "Brand", "a_b", ""]),
      (.currencyCode, ["EUR", "USDT"], ["eur", "EU", "EURUSD"]),
      (.hostName, ["a", "default.local"], ["", "-a", "a.", "A.b", "a:80"]),
      (.decimalDigits, ["0", "0012"], ["", "-1", "1a"]),
      (.base64url, ["aZ-_9"], ["", "a=", "a+b"]),
      (.visibleASCII, ["a!~"], ["", "a b", "é", "a\u{7F}"]),
      (.printable, ["", "é 😀"], ["a\n", "\u{7F}", "\u{85}"]),
    ]
    #expect(Set(samples.map(\.0)) == Set(TextPattern.allCases))
    for (pattern, good, bad) in samples {
      for text in good { #expect(pattern.matches(text), "\(pattern) \(text)") }
      for text in bad { #expect(!pattern.matches(text), "\(pattern) \(text)") }
    }
  }
}
