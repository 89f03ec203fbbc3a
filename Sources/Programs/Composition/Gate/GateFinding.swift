/// What a look at one condition of the gate found. It holds when nothing speaks against it.
struct GateFinding: Hashable, Sendable {
  /// What was looked at, and what it said.
  let evidence: [String]
  let faults: [String]

  static func judged(_ evidence: String, faults: [String]) -> GateFinding { GateFinding(evidence: [evidence], faults: faults) }

  static func met(_ evidence: String) -> GateFinding { judged(evidence, faults: []) }

  static func unmet(_ fault: String) -> GateFinding { GateFinding(evidence: [], faults: [fault]) }
}
