/// One log: a ledger of a brand or of the platform, at one operator.
package struct LogIdentity: Hashable, Sendable, CustomStringConvertible {
  package let operatorName: OperatorName
  package let scope: LogScope
  package let ledger: Ledger
  /// `cordon.example/brand/7/wallet_ledger`: the first line of its checkpoints and the name of its key.
  package let origin: KeyName

  package init?(operatorName: OperatorName, scope: LogScope, ledger: Ledger) {
    guard let origin = KeyName("\(operatorName)/\(scope)/\(ledger.rawValue)") else { return nil }
    self.operatorName = operatorName
    self.scope = scope
    self.ledger = ledger
    self.origin = origin
  }

  /// Reads an origin; nil where it isn't one of ours.
  package init?(origin: KeyName) {
    let parts = origin.description.split(separator: "/", omittingEmptySubsequences: false)
    guard let last = parts.last, let ledger = Ledger(rawValue: String(last)) else { return nil }
    // The platform's log has one part before the ledger, a brand's two.
    for count in [2, 3] where parts.count > count {
      let scope = LogScope(parts[(parts.count - count)..<(parts.count - 1)].joined(separator: "/"))
      let name = OperatorName(parts[..<(parts.count - count)].joined(separator: "/"))
      guard let scope, let name, let identity = LogIdentity(operatorName: name, scope: scope, ledger: ledger) else { continue }
      self = identity
      return
    }
    return nil
  }

  package var description: String { origin.description }
}
