/// Why bytes aren't a ledger entry.
package struct LedgerLayoutFault: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
