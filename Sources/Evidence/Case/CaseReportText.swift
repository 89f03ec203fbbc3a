internal import Kernel

/// The report as people read it.
package enum CaseReportText {
  package static func text(of report: CaseReport) -> String {
    var lines = [report.isVerified ? "verified" : "NOT VERIFIED"]
    if let manifest = report.manifest {
      let subject = manifest.subject
      lines += ["", "case \(subject.caseID) of \(subject.operatorName), \(subject.from) to \(subject.to)"]
      lines.append("preserved \(subject.preservedAt) by \(subject.by), \(manifest.files.count) files")
      lines += manifest.logs.map { line($0, report) }
    }
    lines += report.findings.map { "FAILED: \($0)" }
    for bundle in report.bundles where !bundle.report.isVerified {
      lines += ["", bundle.path] + ReportText.text(of: bundle.report).split(separator: "\n").map { "  \($0)" }
    }
    return lines.joined(separator: "\n")
  }

  private static func line(_ log: CaseLog, _ report: CaseReport) -> String {
    let place = "  \(log.scope) \(log.ledger.rawValue): "
    let unsigned = log.unsigned > 0 ? ", \(log.unsigned) more that nothing signed reaches to" : ""
    switch log.state {
    case .verified, .failed:
      let verdict = report.bundles.first { $0.path == log.bundle }.map { $0.report.isVerified ? "verified" : "NOT VERIFIED" }
      return place + "entries \(log.first)-\(log.first + log.entries - 1), \(verdict ?? "not judged")\(unsigned)"
    case .noEntries: return place + "no entries of that time"
    case .unsigned: return place + "NOT PROVEN: nothing signed reaches to its \(log.unsigned) entries of that time"
    case .refused: return place + "NOT PROVEN: it could not be exported as it was signed"
    }
  }
}
