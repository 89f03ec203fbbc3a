package import Kernel

/// The identity that a command's transaction gets, if it begins one: made outside the rules, which read no clock.
package struct WalletOrigin: Hashable, Sendable {
  package let id: String
  package let at: Timestamp

  package init(id: String, at: Timestamp) {
    self.id = id
    self.at = at
  }
}
