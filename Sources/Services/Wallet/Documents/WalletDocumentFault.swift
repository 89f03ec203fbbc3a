/// Why a topology or policy document can't be used.
package struct WalletDocumentFault: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
