/// The sources can't be audited.
package enum SourceAuditFault: Error, Hashable, CustomStringConvertible {
  case noSchema(path: String)
  case badSchema(reason: String)

  package var description: String {
    switch self {
    case .noSchema(let path): "\(path) can't be read; the audit runs in a checkout"
    case .badSchema(let reason): "\(SourceAudit.schemaPath) is no schema of ours: \(reason)"
    }
  }
}
