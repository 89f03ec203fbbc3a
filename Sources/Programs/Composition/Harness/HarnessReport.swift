/// A whole run of the two-brand harness.
package struct HarnessReport: Sendable {
  package let profile: HarnessProfile
  /// What the guard found (S0-E2E-06). When there is anything, no check ran.
  package let guardFindings: [BackfillFinding]
  package let outcomes: [HarnessOutcome]

  package func count(_ verdict: HarnessOutcome.Verdict) -> Int { outcomes.count { $0.verdict == verdict } }

  package var passed: Bool { guardFindings.isEmpty && !outcomes.isEmpty && count(.failed) == 0 }

  package var summary: String { "\(count(.passed)) passed, \(count(.failed)) failed, \(count(.skipped)) skipped" }
}
