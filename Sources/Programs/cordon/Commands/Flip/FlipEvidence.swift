internal import Composition
internal import Kernel

/// What is known before a flip, and what of it speaks against it.
struct FlipEvidence {
  let findings: [FlipFinding]
  let wouldDeny: [WouldDeny]
  /// Empty where the gate isn't asked.
  let gate: [GateResult]

  /// One sentence for each.
  var refusals: [String] {
    findings.flatMap { finding in finding.objections.map { "\(finding.instance.role.rawValue): \($0)" } } + wouldDeny.map(\.sentence)
      + gate.filter { !$0.passed }.map { "\($0.id): \($0.faults.joined(separator: "; "))" }
  }

  /// Which services and items they come from, each once and in order.
  var objectors: [String] {
    let names =
      findings.filter { !$0.objections.isEmpty }.map(\.instance.role.rawValue) + wouldDeny.map { "\($0.service) (log)" }
      + gate.filter { !$0.passed }.map(\.id)
    return names.reduce(into: []) { seen, name in if !seen.contains(name) { seen.append(name) } }
  }
}
