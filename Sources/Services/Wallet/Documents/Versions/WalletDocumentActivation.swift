/// Which version is to become the active one.
package struct WalletDocumentActivation: Hashable, Sendable {
  package let version: Int64
  /// What the caller believes to be active; nil for none. Another answer refuses the activation.
  package let expectedActive: Int64?
  /// Activate a new version with the same document, which is the way back to a retired one.
  package let copies: Bool

  package init(version: Int64, expectedActive: Int64?, copies: Bool = false) {
    self.version = version
    self.expectedActive = expectedActive
    self.copies = copies
  }
}
