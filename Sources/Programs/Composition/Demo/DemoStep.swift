internal import Platform

/// One step of a demonstration or harness: what was expected and what came.
package struct DemoStep: Sendable, Encodable {
  package let name: String
  /// The code of the brand whose host was used; nil for steps across brands.
  package let brand: String?
  package let expected: String
  package let actual: String
  package let milliseconds: Int64

  package var passed: Bool { expected == actual }

  /// For a terminal.
  package var line: String {
    let mark = passed ? "ok  " : "FAIL"
    let place = brand.map { "[\($0)] " } ?? ""
    let outcome = passed ? actual : "expected \(expected), got \(actual)"
    return "\(mark) \(place)\(name): \(outcome)"
  }
}
