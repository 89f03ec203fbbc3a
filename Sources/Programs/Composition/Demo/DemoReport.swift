internal import Platform

/// A whole demonstration.
package struct DemoReport: Sendable, Encodable {
  package let steps: [DemoStep]

  package var passed: Bool { !steps.isEmpty && steps.allSatisfy(\.passed) }

  package var summary: String {
    let failed = steps.filter { !$0.passed }.count
    return "\(steps.count - failed) passed, \(failed) failed"
  }

  package func json() throws -> String { String(decoding: try JSONBytes.encode(self), as: UTF8.self) }
}
