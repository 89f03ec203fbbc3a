/// Where in a request something is named.
package struct IsolationPlace: Hashable, Sendable, CustomStringConvertible {
  package enum Part: String, Hashable, Sendable {
    case path
    case query
    case header
    case body
    /// Of a command of the program.
    case argument
  }

  package let part: Part
  /// Of a member of the body that lies deeper: `commands/0/player_id`.
  package let name: String

  package init(_ part: Part, _ name: String) {
    self.part = part
    self.name = name
  }

  package var description: String { "\(part.rawValue) \(name)" }
}
