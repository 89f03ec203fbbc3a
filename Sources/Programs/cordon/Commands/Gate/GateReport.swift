internal import Composition
internal import Platform

/// The gate's items, for people and for programs.
enum GateReport {
  static func json(_ results: [GateResult]) -> JSONValue {
    ["passed": .boolean(results.allSatisfy(\.passed)), "items": .array(results.map(\.json))]
  }

  static func text(_ results: [GateResult]) -> String {
    results.map { result in
      let head = "\(result.passed ? Colour.of(.green, "pass") : Colour.of(.red, "FAIL"))  \(result.id)  \(result.title)"
      return ([head] + result.faults.map { "        against it: \($0)" } + result.evidence.map { "        seen: \($0)" }).joined(
        separator: "\n")
    }.joined(separator: "\n")
  }
}
