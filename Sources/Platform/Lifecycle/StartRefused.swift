/// The process may not start as things are; the message is for the operator and names what is expected and what is.
package struct StartRefused: Error, Hashable, Sendable, CustomStringConvertible {
  package let message: String

  package init(_ message: String) { self.message = message }

  package var description: String { message }
}
