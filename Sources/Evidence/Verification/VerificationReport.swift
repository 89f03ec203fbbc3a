/// What a verification says of a bundle or a receipt.
package struct VerificationReport: Sendable {
  /// Nil where the file ends or goes wrong before it.
  package private(set) var manifest: BundleManifest?
  package private(set) var logs: [VerifiedLog] = []
  /// Nil for a bundle.
  package private(set) var receipt: VerifiedReceipt?
  /// In the order in which they were found. The last one may have ended the verification.
  package private(set) var findings: [Finding] = []
  /// Why a question can't be answered although nothing was found.
  private var unanswered: [Verdict: String] = [:]

  package var isVerified: Bool { findings.isEmpty }

  package func state(of verdict: Verdict) -> VerdictState {
    let own = findings.filter { $0.code.verdict == verdict }
    guard own.isEmpty else { return .failed(own) }
    return unanswered[verdict].map { .notJudged($0) } ?? .passed
  }

  mutating func begin(_ manifest: BundleManifest) { self.manifest = manifest }

  mutating func add(_ log: VerifiedLog) { logs.append(log) }

  mutating func add(_ receipt: VerifiedReceipt) { self.receipt = receipt }

  mutating func add(_ finding: Finding) { findings.append(finding) }

  mutating func leaveOpen(_ verdict: Verdict, because reason: String) { unanswered[verdict] = reason }

  /// A finding after which nothing more can be read.
  mutating func stop(at finding: Finding) {
    add(finding)
    for verdict in Verdict.allCases { leaveOpen(verdict, because: "the verification ended before") }
  }
}
