/// What came of one numbered check.
package struct HarnessOutcome: Sendable {
  package enum Verdict: String, Sendable {
    case passed
    case failed
    case skipped
  }

  package let number: Int
  package let name: String
  package let rows: [String]
  package let verdict: Verdict
  /// What differed, or why it was skipped.
  package let detail: String
  package let milliseconds: Int64

  init(_ number: Int, _ check: HarnessCheck, _ step: DemoStep) {
    self.init(number, check, step.passed ? .passed : .failed, step.actual, step.milliseconds)
  }

  init(_ number: Int, _ check: HarnessCheck, skipped why: String) { self.init(number, check, .skipped, why, 0) }

  private init(_ number: Int, _ check: HarnessCheck, _ verdict: Verdict, _ detail: String, _ milliseconds: Int64) {
    self.number = number
    self.name = check.name
    self.rows = check.rows
    self.verdict = verdict
    self.detail = detail
    self.milliseconds = milliseconds
  }

  /// For a terminal.
  package var line: String {
    let place = (number < 10 ? " " : "") + "\(number)"
    let tail = verdict == .passed ? "" : ": \(detail)"
    return "\(place)  \(verdict == .failed ? "FAILED " : verdict == .passed ? "passed " : "skipped")  \(name)\(tail)"
  }
}
