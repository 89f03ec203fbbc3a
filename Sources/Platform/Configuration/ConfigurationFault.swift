/// One thing about the configuration that stops the start.
package struct ConfigurationFault: Hashable, Sendable, CustomStringConvertible {
  /// The variable, as the operator wrote it or should have.
  package let name: String
  /// What is wrong and what would be right. Never holds a secret's value.
  package let message: String

  package init(_ name: String, _ message: String) {
    self.name = name
    self.message = message
  }

  package var description: String { "\(name): \(message)" }
}
