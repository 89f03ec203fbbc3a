import Foundation

/// What `cordon verify two-brand --json` said.
struct HarnessAnswer: Sendable {
  struct Check: Decodable, Sendable {
    let number: Int
    let name: String
    let rows: [String]
    let verdict: String
    let detail: String
  }

  private struct Document: Decodable {
    let profile: String
    let summary: String
    let verified: Bool
    let guardFindings: [String]
    let checks: [Check]

    enum CodingKeys: String, CodingKey {
      case profile, summary, verified, checks
      case guardFindings = "guard_findings"
    }
  }

  let status: Int32
  let profile: String
  let summary: String
  let verified: Bool
  let guardFindings: [String]
  let checks: [Check]

  init(status: Int32, output: String, messages: String) throws {
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(output.utf8)) else {
      throw TwoBrandStack.Missing(description: "no answer of the harness, status \(status): \(output)\(messages)")
    }
    self.status = status
    profile = document.profile
    summary = document.summary
    verified = document.verified
    guardFindings = document.guardFindings
    checks = document.checks
  }

  /// The names of the checks that ended so, with what was said of them.
  func named(_ verdict: String) -> [String] { checks.filter { $0.verdict == verdict }.map { "\($0.number) \($0.name): \($0.detail)" } }

  func numbers(_ verdict: String) -> Set<Int> { Set(checks.filter { $0.verdict == verdict }.map(\.number)) }

  /// The rows that passed checks prove.
  var proved: Set<String> { Set(checks.filter { $0.verdict == "passed" }.flatMap(\.rows)) }
}
