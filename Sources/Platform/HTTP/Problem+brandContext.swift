package import Kernel

extension Problem {
  /// The refusal of a brand-scoped route that was reached without a brand, with the runbook's exact text and `legacy_status` 54 (C-28).
  package static func brandContextRequired(route: String) -> Problem {
    Problem(.brandRequired, detail: "Brand context required for \(route)")
  }
}
