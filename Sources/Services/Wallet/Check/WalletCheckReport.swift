/// What an operator's check of one brand found.
package struct WalletCheckReport: Sendable {
  package internal(set) var entryCount: Int64 = 0
  package internal(set) var playerCount: Int64 = 0
  /// The ledger's last entry that was read.
  package internal(set) var lastEntry: Int64 = 0
  package internal(set) var findings: [WalletFinding] = []

  /// Each finding once, however often it was met.
  mutating func add(_ found: [WalletFinding]) {
    let known = Set(findings.map(\.identity))
    findings += found.filter { !known.contains($0.identity) }
  }
}
