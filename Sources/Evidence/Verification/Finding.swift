/// One thing that is wrong, and exactly where.
package struct Finding: Error, Hashable, Sendable, CustomStringConvertible {
  package let code: FindingCode
  package let ledger: Ledger?
  /// Numbers of the entries that it is about, from 1 (in the wallet's ledger, `seq`).
  package let entries: ClosedRange<Int64>?
  /// Where in the file.
  package let byte: Int64?

  package init(_ code: FindingCode, ledger: Ledger? = nil, entries: ClosedRange<Int64>? = nil, byte: Int64? = nil) {
    self.code = code
    self.ledger = ledger
    self.entries = entries
    self.byte = byte
  }

  /// About the entry at an index of a log.
  static func entry(_ code: FindingCode, _ ledger: Ledger, at index: Int64) -> Finding {
    Finding(code, ledger: ledger, entries: index + 1...index + 1)
  }

  package var place: String {
    var parts: [String] = []
    if let ledger { parts.append(ledger.rawValue) }
    if let entries {
      parts.append(entries.count == 1 ? "entry \(entries.lowerBound)" : "entries \(entries.lowerBound)-\(entries.upperBound)")
    }
    if let byte { parts.append("byte \(byte)") }
    return parts.joined(separator: ", ")
  }

  package var description: String { "\(place.isEmpty ? "" : "\(place): ")\(code.meaning) (\(code.rawValue))" }
}
