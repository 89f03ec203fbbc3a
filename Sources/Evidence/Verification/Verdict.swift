/// The questions that a verification answers, each on its own.
package enum Verdict: String, CaseIterable, Sendable {
  /// Are the entries those that the log's key signed for, in one unbroken chain?
  case integrity
  /// Is every entry of the range there, once and in its place?
  case completeness
  /// Are the checkpoints as new as they must be?
  case freshness
  /// Did keys sign that are trusted, each in its time?
  case keyValidity = "key_validity"
  /// Has everybody been shown the same log?
  case splitView = "split_view"

  /// What people read.
  package var title: String {
    switch self {
    case .integrity: "integrity"
    case .completeness: "completeness"
    case .freshness: "freshness"
    case .keyValidity: "key validity"
    case .splitView: "split view"
    }
  }
}
