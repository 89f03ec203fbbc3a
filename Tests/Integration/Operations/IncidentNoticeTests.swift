import Foundation
import TestSupport
import Testing

/// From an act that nobody was to do to the people who answer for it.
@Suite("Who hears of an incident", .timeLimit(.minutes(3)))
struct IncidentNoticeTests {
  /// Alerts that are an incident until proven otherwise.
  private static let incidents: Set<String> = [
    "CordonAppendOnlyViolation", "CordonLogRefused", "CordonLogTampered", "CordonSecurityAuditFallback", "CordonSecurityDowngrade",
    "CordonVerificationFailures", "CordonWalletCrossBrandRejected", "CordonWalletInvariantBroken", "CordonWitnessContradicts",
  ]

  @Test("S4-INC-15 S0-ENF-07 somebody tries to change a ledger: security, compliance and whoever is on call are each told, of the table")
  func drill() async throws {
    try await RunningStack.run { stack in
      try await AlertPipeline.run(stack) { pipeline in
        await #expect(throws: (any Error).self) { try await stack.psql("DELETE FROM cordon.admin_audit") }
        try await eventually("all three know", within: .seconds(60), every: .milliseconds(200)) {
          pipeline.heard("CordonAppendOnlyViolation") == ["security", "compliance", "on-call"]
        }
        for receiver in ["security", "compliance"] {
          let notice = try #require(pipeline.messages(at: receiver).first { $0.contains("CordonAppendOnlyViolation") })
          #expect(notice.contains("Somebody tried to change or empty cordon.admin_audit") && notice.contains("diagnosis-playbook.md#"))
        }
      }
    }
  }

  @Test("S4-INC-15 what is no incident goes to whoever is on call, or into a ticket; without its route one of the owners hears nothing")
  func routes() async throws {
    try await AlertPipeline.run(nil, changing: Self.atOnce) { pipeline in
      try await pipeline.fire("CordonWalletLedgerSlow", ["severity": "page"])
      try await pipeline.fire("CordonLogTampered", ["severity": "page", "also": "security", "brand_code": "brand2"])
      try await pipeline.fire("CordonSecurityDowngrade", ["severity": "page", "also": "security", "service": "wallet_service"])
      try await eventually("they know") {
        pipeline.heard("CordonWalletLedgerSlow") == ["on-call"]
          && ["CordonLogTampered", "CordonSecurityDowngrade"].allSatisfy {
            pipeline.heard($0) == ["security", "compliance", "on-call"]
          }
      }
      // A second service is a second incident, and no part of the first one's next message.
      try await pipeline.fire("CordonSecurityDowngrade", ["severity": "page", "also": "security", "service": "game_service"])
      try await eventually("they know of the second") {
        ["security", "compliance"].allSatisfy { pipeline.messages(at: $0).contains { $0.contains("game_service") } }
      }
      // By now everybody else would have been told of the first ones.
      #expect(pipeline.heard("CordonWalletLedgerSlow") == ["on-call"])
      #expect(pipeline.heard("CordonLogTampered") == ["security", "compliance", "on-call"])
    }
    try await AlertPipeline.run(nil, changing: Self.withoutCompliance) { pipeline in
      try await pipeline.fire("CordonLogTampered", ["severity": "page", "also": "security"])
      try await pipeline.fire("CordonLogLate", ["severity": "ticket"])
      try await eventually("the others know") {
        pipeline.heard("CordonLogTampered") == ["security", "on-call"] && pipeline.heard("CordonLogLate") == ["tickets"]
      }
    }
  }

  /// Tickets don't wait for others of their kind.
  private static func atOnce(_ text: String) -> String { text.replacing("group_wait: 30s", with: "group_wait: 0s") }

  private static func withoutCompliance(_ text: String) throws -> String {
    let lines = text.components(separatedBy: "\n")
    let begin = try #require(lines.firstIndex { $0.contains("- receiver: compliance") })
    return atOnce((lines[..<begin] + lines[(begin + 6)...]).joined(separator: "\n"))
  }

  @Test("each alert that begins an incident says so, and no other does")
  func labels() throws {
    let text = try String(contentsOfFile: AlertRule.file, encoding: .utf8)
    let marked = text.components(separatedBy: "- alert: ").dropFirst().filter { $0.contains("\n          also: security\n") }
    #expect(Set(marked.compactMap { $0.split(separator: "\n").first.map(String.init) }) == Self.incidents)
  }
}
