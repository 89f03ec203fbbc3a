/// One callback of a provider: where it arrives, and what it asks for.
package struct ProviderRoute: Hashable, Sendable {
  /// What follows `/callbacks/{provider}/`.
  package let path: String
  package let operation: CallbackOperation

  init(_ path: String, _ operation: CallbackOperation) {
    self.path = path
    self.operation = operation
  }
}
