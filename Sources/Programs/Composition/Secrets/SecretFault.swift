/// Why secrets could not be made, read or kept.
package struct SecretFault: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
