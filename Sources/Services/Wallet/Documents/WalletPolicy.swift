/// The limits and rules of a brand's wallet commands. One active document per brand (S0-WAL-09).
package struct WalletPolicy: Hashable, Sendable, Codable {
  /// Bounds of one command's amount in minor units, both included.
  package struct AmountLimits: Hashable, Sendable, Codable {
    package let min: Int64
    package let max: Int64
  }

  /// By command name; a command that isn't listed has only the platform's own bound.
  package let limits: [String: AmountLimits]

  package init(limits: [String: AmountLimits]) { self.limits = limits }

  package func limits(of command: WalletCommandName) -> AmountLimits? { limits[command.rawValue] }

  /// Nil when the document is usable, else what is wrong with it.
  package var fault: WalletDocumentFault? {
    for (name, bounds) in limits.sorted(by: { $0.key < $1.key }) {
      guard WalletCommandName(rawValue: name) != nil else { return WalletDocumentFault("limits name '\(name)', which is not a command") }
      guard bounds.min >= 0, bounds.min <= bounds.max else {
        return WalletDocumentFault("limits of '\(name)' are not an ascending pair of amounts")
      }
    }
    return nil
  }
}
