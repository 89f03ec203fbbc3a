/// Which statements an audit is about.
package enum AuditScope: String, CaseIterable, Sendable {
  case inserts
  case readsAndWrites = "rw"

  package var kinds: [StatementKind] { self == .inserts ? [.insert] : [.select, .update, .delete] }
}
