/// Why the audit could not be held.
package enum IsolationFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// A thing that the audit needs could not be made.
  case unexpected(String, String)
  /// A role's description could not be read.
  case undescribed(role: String, String)
  case unwritable(String)

  package var description: String {
    switch self {
    case .unexpected(let what, let answer): "\(what) was answered \(answer), so the audit has nothing to ask for"
    case .undescribed(let role, let why): "the description of \(role) can't be read: \(why)"
    case .unwritable(let path): "\(path) can't be written"
    }
  }
}
