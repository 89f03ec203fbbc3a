internal import Platform

/// What the evidence of a record is, as far as a program can read it.
enum EvidenceForm: Sendable {
  case anything
  /// The output of `cordon verify two-brand --json`.
  case harness

  /// What in the evidence contradicts the statement.
  func fault(in evidence: [UInt8]) -> String? {
    switch self {
    case .anything: nil
    case .harness:
      (try? JSONDocument.parse(evidence))?["verified"] == .boolean(true) ? nil : "it is no harness report with \"verified\": true"
    }
  }
}
