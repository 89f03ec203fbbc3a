/// What a verification says of a case folder.
package struct CaseReport: Sendable {
  package struct Bundle: Sendable {
    package let path: String
    package let report: VerificationReport

    package init(path: String, report: VerificationReport) {
      self.path = path
      self.report = report
    }
  }

  /// Nil where it isn't one, or nobody who is trusted signed it; nothing else is then judged.
  package let manifest: CaseManifest?
  package let findings: [CaseFinding]
  package let bundles: [Bundle]

  package init(manifest: CaseManifest?, findings: [CaseFinding], bundles: [Bundle] = []) {
    self.manifest = manifest
    self.findings = findings
    self.bundles = bundles
  }

  /// A log that could not be exported or isn't wholly signed leaves a case unverified: what happened in it isn't proven.
  package var isVerified: Bool {
    manifest.map { $0.logs.allSatisfy { [.verified, .noEntries].contains($0.state) && $0.unsigned == 0 } } ?? false
      && findings.isEmpty && bundles.allSatisfy(\.report.isVerified)
  }
}
