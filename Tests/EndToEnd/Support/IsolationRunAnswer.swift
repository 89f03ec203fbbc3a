import Foundation
import TestSupport

/// What `cordon audit isolation --json` said.
struct IsolationRunAnswer: Sendable {
  struct Finding: Decodable, Hashable, Sendable {
    let kind: String
    let role: String
    let object: String
    let detail: String

    var line: String { "\(kind): \(role) \(object): \(detail)" }
  }

  struct Outcome: Decodable, Sendable {
    let role: String
    let operation: String
    let place: String?
    let outcome: String
  }

  private struct Document: Decodable {
    let mode: String
    let isolated: Bool
    let operations: Int
    let probes: Int
    let findings: [Finding]
    let outcomes: [Outcome]
  }

  let status: Int32
  let isolated: Bool
  let mode: String
  let operations: Int
  let probes: Int
  let findings: [Finding]
  let outcomes: [Outcome]

  init(status: Int32, output: String, messages: String) throws {
    guard let document = try? JSONDecoder().decode(Document.self, from: Data(output.utf8)) else {
      throw TwoBrandStack.Missing(description: "no answer of the audit, status \(status): \(output)\(messages)")
    }
    self.status = status
    isolated = document.isolated
    mode = document.mode
    operations = document.operations
    probes = document.probes
    findings = document.findings
    outcomes = document.outcomes
  }

  var lines: [String] { findings.map(\.line) }
}

extension TwoBrandStack {
  /// Runs the audit as an operator does.
  func auditIsolation(_ options: String..., environment: [String: String] = [:]) async throws -> IsolationRunAnswer {
    let run = try await CordonProgram(environment: environment)
      .run(["audit", "isolation", "--json", "--config", configuration] + options)
    return try IsolationRunAnswer(status: run.status, output: run.output, messages: run.messages)
  }
}
