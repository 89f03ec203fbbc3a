/// Something that the audit found: a way from one brand to another, or a place that it can't vouch for.
package struct IsolationFinding: Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, CaseIterable, Sendable {
    /// The table and the documents don't agree.
    case coverage
    /// Another brand's thing is answered otherwise than one that never was.
    case difference
    /// An answer has something of the other brand in it.
    case disclosure
    /// A request of one brand failed on the server's side.
    case failure
    /// The brand's own thing is answered as if it were not there, so that the probe proves nothing.
    case unproven
    /// Rows or keys of the brand changed while only the other brand asked.
    case change
    /// A Redis key of no brand, or an event that names none.
    case redis
    /// The catalogue of the database.
    case catalogue
    /// The command line.
    case command
  }

  package let kind: Kind
  /// The role, or `postgres`, `redis`, `cordon`.
  package let role: String
  /// The operation, table, key or command.
  package let object: String
  package let detail: String

  init(_ kind: Kind, _ role: String, _ object: String, _ detail: String) {
    self.kind = kind
    self.role = role
    self.object = object
    self.detail = detail
  }

  package var description: String { "\(kind.rawValue): \(role) \(object): \(detail)" }
}
