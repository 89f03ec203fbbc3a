internal import Kernel

/// The report as programs read it (`docs/formats/case.md`): one line, members always in this order.
package enum CaseReportJSON {
  package static func text(of report: CaseReport) -> String {
    let findings = report.findings.map { finding in
      ReportJSON.object([
        ("code", ReportJSON.string(finding.code.rawValue)), ("message", ReportJSON.string(finding.code.meaning)),
        ("path", ReportJSON.string(finding.path)),
      ])
    }
    let bundles = report.bundles.map {
      ReportJSON.object([("path", ReportJSON.string($0.path)), ("report", ReportJSON.text(of: $0.report))])
    }
    return ReportJSON.object([
      ("result", ReportJSON.string(report.isVerified ? "verified" : "failed")),
      // It is JSON already.
      ("case", report.manifest.map { String(decoding: $0.payload, as: UTF8.self) } ?? "null"),
      ("findings", "[\(findings.joined(separator: ","))]"), ("bundles", "[\(bundles.joined(separator: ","))]"),
    ])
  }
}
