/// One field of a ledger's layout: a column of its table.
package struct LedgerColumn: Hashable, Sendable {
  package let name: String
  package let kind: LedgerColumnKind
  /// Whether the column may be NULL.
  package let isOptional: Bool

  init(_ name: String, _ kind: LedgerColumnKind, optional: Bool = false) {
    self.name = name
    self.kind = kind
    self.isOptional = optional
  }
}
