/// Why bytes aren't a signed note, a checkpoint, a receipt, a key, a policy or a key history, or why one isn't to be trusted.
package struct NoteFault: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
