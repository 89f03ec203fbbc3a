internal import Composition
internal import Kernel
internal import Platform

/// How the result of the isolation audit is shown.
enum IsolationText {
  static func text(_ report: IsolationReport) -> String {
    var table = TextTable("ROLE", "OPERATION", "PLACE", "ACTOR", "ASKS", "OUTCOME", "DETAIL")
    for outcome in report.outcomes {
      table.add(
        outcome.role, outcome.operation, outcome.place?.description ?? "-", outcome.actor.description,
        outcome.asker.isEmpty ? "-" : "\(outcome.asker) for \(outcome.owner)'s", outcome.verdict.rawValue, outcome.detail)
    }
    return ([table.text] + report.findings.map(\.description) + [report.summary]).joined(separator: "\n")
  }

  static func json(_ report: IsolationReport) -> JSONValue {
    [
      "environment": .string(report.environment), "mode": .string(report.mode.rawValue), "isolated": .boolean(report.isIsolated),
      "operations": .integer(report.operations), "probes": .integer(report.probes), "table_sha256": .string(report.tableDigest),
      "verdicts": .object(
        IsolationOutcome.Verdict.allCases.map { JSONValue.Member(name: $0.rawValue, value: .integer(report.count($0))) }),
      "would_deny": .array(report.wouldDeny.map { ["counter": .string($0.counter), "count": .integer($0.count)] }),
      "findings": .array(report.findings.map(json)), "outcomes": .array(report.outcomes.map(json)),
    ]
  }

  private static func json(_ finding: IsolationFinding) -> JSONValue {
    [
      "kind": .string(finding.kind.rawValue), "role": .string(finding.role), "object": .string(finding.object),
      "detail": .string(finding.detail),
    ]
  }

  private static func json(_ outcome: IsolationOutcome) -> JSONValue {
    [
      "role": .string(outcome.role), "operation": .string(outcome.operation),
      "place": outcome.place.map { .string($0.description) } ?? .null, "actor": .string(outcome.actor.description),
      "asker": .string(outcome.asker), "owner": .string(outcome.owner), "outcome": .string(outcome.verdict.rawValue),
      "detail": .string(outcome.detail),
    ]
  }
}
