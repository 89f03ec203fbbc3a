internal import Kernel

/// The report as people read it.
package enum ReportText {
  package static func text(of report: VerificationReport) -> String {
    var lines = [report.isVerified ? "verified" : "NOT VERIFIED"]
    if let manifest = report.manifest {
      lines += ["", "\(manifest.operatorName), \(manifest.scope), \(manifest.from) to \(manifest.to)"]
      lines += report.logs.map(line)
    }
    if let receipt = report.receipt { lines += [""] + describe(receipt) }
    lines.append("")
    for verdict in Verdict.allCases { lines += describe(verdict, report.state(of: verdict)) }
    return lines.joined(separator: "\n")
  }

  private static func line(_ log: VerifiedLog) -> String {
    let range = log.log.entries
    let entries = range.isEmpty ? "no entries" : "entries \(range.lowerBound + 1)-\(range.upperBound)"
    return "  \(log.log.ledger.rawValue): \(entries) of \(log.checkpoint.size), signed \(log.time) with key \(log.key)"
  }

  private static func describe(_ receipt: VerifiedReceipt) -> [String] {
    let columns = LedgerLayout.of(receipt.identity.ledger).columns
    return ["\(receipt.identity), entry \(receipt.number) of \(receipt.checkpoint.size), signed \(receipt.time)"]
      + zip(columns, receipt.values).map { column, value in "  \(column.name): \(spell(value, column.kind))" }
  }

  static func spell(_ value: LedgerValue, _ kind: LedgerColumnKind) -> String {
    switch value {
    case .absent: "-"
    case .integer(let number): kind == .timestamp ? Timestamp(microseconds: number).description : String(number)
    case .text(let text): harmless(text)
    case .bytes(let bytes): kind == .uuid ? UUIDv7(bytes: bytes)?.description ?? "" : Hexadecimal.encode(bytes)
    }
  }

  /// What an entry says is no instruction to a terminal, and can't turn the direction of what stands beside it.
  static func harmless(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func describe(_ verdict: Verdict, _ state: VerdictState) -> [String] {
    let title = verdict.title + String(repeating: " ", count: 14 - verdict.title.count)
    switch state {
    case .passed: return ["\(title)passed"]
    case .notJudged(let reason): return ["\(title)not judged: \(reason)"]
    case .failed(let findings): return findings.map { "\(title)FAILED: \($0)" }
    }
  }
}
