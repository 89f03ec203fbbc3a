internal import Kernel

/// The report as programs read it (`docs/formats/verdicts.md`): one line, members always in this order.
package enum ReportJSON {
  package static func text(of report: VerificationReport) -> String {
    object([
      ("result", string(report.isVerified ? "verified" : "failed")),
      ("bundle", report.manifest.map(describe) ?? "null"),
      ("receipt", report.receipt.map(describe) ?? "null"),
      ("logs", "[\(report.logs.map(describe).joined(separator: ","))]"),
      ("verdicts", object(Verdict.allCases.map { ($0.rawValue, describe(report.state(of: $0))) })),
    ])
  }

  private static func describe(_ manifest: BundleManifest) -> String {
    object([
      ("operator", string(manifest.operatorName.description)), ("scope", string(manifest.scope.description)),
      ("from", string(manifest.from.description)), ("to", string(manifest.to.description)),
    ])
  }

  private static func describe(_ receipt: VerifiedReceipt) -> String {
    let columns = LedgerLayout.of(receipt.identity.ledger).columns
    let entry = zip(columns, receipt.values).map { column, value in
      (column.name, value == .absent ? "null" : string(spell(value, column.kind)))
    }
    return object([
      ("origin", string(receipt.identity.origin.description)), ("number", String(receipt.number)), ("entry", object(entry)),
      ("tree_size", String(receipt.checkpoint.size)), ("root", string(receipt.checkpoint.root.base64)),
      ("signed_at", string(receipt.time.description)),
    ])
  }

  /// Text as it is; all else as people read it.
  private static func spell(_ value: LedgerValue, _ kind: LedgerColumnKind) -> String {
    if case .text(let text) = value { text } else { ReportText.spell(value, kind) }
  }

  private static func describe(_ log: VerifiedLog) -> String {
    object([
      ("ledger", string(log.log.ledger.rawValue)), ("first", String(log.log.first + 1)), ("entries", String(log.log.count)),
      ("tree_size", String(log.checkpoint.size)), ("root", string(log.checkpoint.root.base64)), ("signed_at", string(log.time.description)),
      ("key", String(log.key)),
    ])
  }

  private static func describe(_ state: VerdictState) -> String {
    switch state {
    case .passed: object([("state", string(state.name))])
    case .notJudged(let reason): object([("state", string(state.name)), ("reason", string(reason))])
    case .failed(let findings):
      object([("state", string(state.name)), ("findings", "[\(findings.map(describe).joined(separator: ","))]")])
    }
  }

  private static func describe(_ finding: Finding) -> String {
    object([
      ("code", string(finding.code.rawValue)), ("message", string(finding.code.meaning)),
      ("ledger", finding.ledger.map { string($0.rawValue) } ?? "null"),
      ("first_entry", finding.entries.map { String($0.lowerBound) } ?? "null"),
      ("last_entry", finding.entries.map { String($0.upperBound) } ?? "null"), ("byte", finding.byte.map { String($0) } ?? "null"),
    ])
  }

  static func object(_ members: [(String, String)]) -> String {
    "{\(members.map { "\(string($0.0)):\($0.1)" }.joined(separator: ","))}"
  }

  static func string(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case _ where scalar.value < 0x20: quoted += "\\u00\(Hexadecimal.encode([UInt8(scalar.value)]))"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
