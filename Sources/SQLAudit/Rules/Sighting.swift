/// One statement of the sources, as far as one kind of access goes.
package struct Sighting: Hashable, Sendable {
  package enum Style: String, Sendable {
    /// The statement's own text.
    case raw = "RAW"
    /// A call that builds one. The runbooks name it after their builder.
    case built = "SA"
  }

  package let path: String
  package let line: Int
  package let kind: StatementKind
  package let style: Style
  package let auditClass: AuditClass
  package let tables: [TableName]
  /// Why it is no OK.
  package let reason: String?
  package let category: String?
}
