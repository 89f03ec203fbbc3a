/// A backup can't be made, read or restored. The message is for the person at the terminal.
package struct BackupFault: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    case notFound
    case conflict
    /// What was asked for can't be.
    case unusable
    case failed
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
