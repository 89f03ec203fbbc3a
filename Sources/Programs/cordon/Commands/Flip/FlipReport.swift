internal import Composition
internal import Kernel
internal import Platform

/// A planned flip and its evidence, for people and for programs.
enum FlipReport {
  static func json(_ plan: FlipPlan, _ evidence: FlipEvidence, _ contract: SoakContract) -> JSONValue {
    [
      "environment": .string(plan.environment), "direction": .string(plan.direction.rawValue),
      "target_mode": .string(plan.direction.targetMode.rawValue), "soak_seconds": .integer(contract.seconds),
      "ready": .boolean(evidence.refusals.isEmpty), "services": services(evidence.findings),
      "would_deny": .array(evidence.wouldDeny.map(\.json)), "gate": .array(evidence.gate.map(\.json)),
    ]
  }

  static func text(_ plan: FlipPlan, _ evidence: FlipEvidence, _ contract: SoakContract) -> String {
    let soak = plan.direction == .forward ? ["Each must have observed for \(contract.seconds) s since its start."] : []
    let closed = evidence.gate.filter { !$0.passed }
    return
      (["\(plan.direction.rawValue) in \(plan.environment)"] + soak
      + [table(evidence.findings, to: plan.direction.targetMode.rawValue)] + evidence.wouldDeny.map(\.sentence)
      + (closed.isEmpty ? [] : [GateReport.text(closed)])).joined(separator: "\n")
  }

  static func table(_ findings: [FlipFinding], to mode: String) -> String {
    var table = TextTable("STEP", "SERVICE", "NOW", "TO", "SINCE", "SECONDS", "REQUESTS", "AGAINST IT")
    for (index, finding) in findings.enumerated() {
      table.add(
        "\(index + 1)", finding.instance.role.rawValue, finding.state?.mode.rawValue ?? "?", mode, finding.state?.since.description ?? "?",
        finding.state.map { "\($0.uptimeSeconds)" } ?? "?", finding.state.map { "\($0.requests)" } ?? "?",
        finding.objections.isEmpty ? "-" : finding.objections.joined(separator: "; "))
    }
    return table.text
  }

  static func services(_ findings: [FlipFinding]) -> JSONValue {
    .array(
      findings.map { finding in
        [
          "service": .string(finding.instance.role.rawValue), "url": .string(finding.instance.url),
          "mode": finding.state.map { .string($0.mode.rawValue) } ?? .null,
          "since": finding.state.map { .string($0.since.description) } ?? .null,
          "uptime_seconds": finding.state.map { .integer($0.uptimeSeconds) } ?? .null,
          "requests": finding.state.map { .integer($0.requests) } ?? .null,
          "objections": .array(finding.objections.map { .string($0) }),
        ]
      })
  }
}
