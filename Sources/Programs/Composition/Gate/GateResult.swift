package import Platform

/// What came of one item of the gate.
package struct GateResult: Hashable, Sendable {
  package let id: String
  package let title: String
  package let evidence: [String]
  package let faults: [String]

  package var passed: Bool { faults.isEmpty }

  package var json: JSONValue {
    [
      "id": .string(id), "title": .string(title), "passed": .boolean(passed), "evidence": .array(evidence.map { .string($0) }),
      "faults": .array(faults.map { .string($0) }),
    ]
  }
}
