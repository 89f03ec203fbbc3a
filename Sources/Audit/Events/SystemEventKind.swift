package import Platform

/// What kind of thing happened: `system_event.kind`.
package enum SystemEventKind: String, CaseIterable, Sendable {
  case denial
  case failure
  /// So many refusals could not be kept.
  case overflow
  /// A bundle of evidence was written.
  case export
  /// An append-only table refused a change.
  case appendOnlyViolation = "append_only_violation"
  /// A role is about to serve; its program and schema are in the detail.
  case start

  package init(_ refusal: RefusalClass) {
    switch refusal {
    case .denial: self = .denial
    case .failure: self = .failure
    }
  }

  /// `system_event.outcome`.
  package var outcome: String {
    switch self {
    case .denial, .appendOnlyViolation: "denied"
    case .failure: "failed"
    case .overflow: "dropped"
    case .export, .start: "done"
    }
  }
}
