/// The answer to one question.
package enum VerdictState: Hashable, Sendable {
  case passed
  case failed([Finding])
  /// Nothing was found, but not everything that the answer needs was there: why.
  case notJudged(String)

  /// `passed`, `failed`, `not_judged`.
  package var name: String {
    switch self {
    case .passed: "passed"
    case .failed: "failed"
    case .notJudged: "not_judged"
    }
  }
}
