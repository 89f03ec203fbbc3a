import FoundationEssentials
import HTTPTypes
import Kernel
import Testing

@testable import Platform

@Suite("Refusals")
struct ProblemTests {
  /// An operation per reason, under the reason's own name.
  private static let refusing = ProblemReason.allCases.map { reason in
    Endpoint(
      .get, "/v1/refuse/\(reason.rawValue)", id: "refuse_\(reason.rawValue)", summary: "Refuses", access: .open, reply: .noContent,
      refusals: [reason]
    ) { _ in
      throw Problem(reason, detail: "because", faults: [.init(pointer: "/a", detail: "b")], retryAfterSeconds: reason.retryable ? 3 : nil)
    }
  }

  @Test("every reason has the one problem+json shape (C-17)")
  func shapes() async throws {
    try await ServedRole.serving(Self.refusing) { role in
      for reason in ProblemReason.allCases {
        let answer = try await role.send("GET", "/v1/refuse/\(reason.rawValue)", headers: [("x-request-id", "id-1")])
        let problem = try answer.decoded(ProblemBody.self)
        #expect(answer.status == reason.status)
        #expect(answer.header("content-type") == "application/problem+json")
        #expect(problem.type == "https://cordon.dev/problems/\(reason.rawValue)")
        #expect(problem.title == reason.title && problem.status == reason.status)
        #expect(problem.reason == reason.rawValue && problem.code == reason.rawValue)
        #expect(problem.instance == "urn:cordon:req:id-1" && problem.requestID == "id-1")
        #expect(problem.detail == "because" && problem.retryable == reason.retryable)
        #expect(problem.errors.map(\.pointer) == ["/a"])
        #expect(problem.traceID.count == 32)
        #expect((problem.legacyStatus == 54) == (reason == .brandRequired))
        #expect(answer.header("retry-after") == (reason.retryable ? "3" : nil))
        #expect(SchemaRules.faults(of: try JSONDocument.parse(answer.body), against: ProblemBody.jsonSchema).isEmpty)
      }
    }
  }

  @Test("every reason is documented in docs/formats/problems.md as it is")
  func documented() throws {
    let path = #filePath.replacing("Tests/PlatformTests/ProblemTests.swift", with: "docs/formats/problems.md")
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    let rows = text.split(separator: "| Reason | Status |").last?.split(separator: "\n").filter { $0.hasPrefix("| `") } ?? []
    let documented = rows.compactMap { row in row.split(separator: "`").dropFirst().first.map { String($0) } }
    #expect(documented.sorted() == ProblemReason.allCases.map(\.rawValue).sorted())
    for reason in ProblemReason.allCases {
      let head = "| `\(reason.rawValue)` | \(reason.status) | \(reason.retryable ? "yes" : "no") | \(reason.title). "
      #expect(rows.contains { $0.hasPrefix(head) }, "the row of \(reason.rawValue) must begin with: \(head)")
    }
  }

  @Test("an unexpected error is 500 without its cause in the answer, and with it in the log")
  func unexpected() async throws {
    try await ServedRole.serving { role in
      let answer = try await role.send("GET", "/v1/notes/5", headers: [("x-test-failure", "own"), ("x-request-id", "lost-1")])
      #expect(answer.status == 500)
      #expect(answer.reason == "internal_error")
      #expect(!answer.text.contains("Broken"))
      #expect(role.log.lines.contains { $0.contains("Broken") && $0.contains("lost-1") && $0.contains(#""level":"error""#) })
    }
  }

  @Test(
    "a driver's failure is 503, and an unknown outcome says so",
    arguments: [("redis", "unavailable"), ("pool", "unavailable"), ("unknown", "outcome_unknown")])
  func drivers(failure: String, reason: String) async throws {
    try await ServedRole.serving { role in
      let problem = try await role.send("GET", "/v1/notes/5", headers: [("x-test-failure", failure)]).decoded(ProblemBody.self)
      #expect(problem.status == 503)
      #expect(problem.reason == reason)
      #expect(problem.retryable)
    }
  }
}
