package import Kernel

/// Where a stack is reached, and with what a demonstration speaks for others.
package struct StackAddresses: Sendable {
  package let gateway: String
  package let wallet: String
  package let admin: String
  /// An operator who may act on both brands.
  package let operatorID: String
  package let operatorPassword: String
  /// The internal tokens of the roles that a demonstration stands in for.
  package let tokens: [CallerLabel: String]

  /// Nil where nobody can speak for a game provider.
  package let provider: DemoProvider?

  package init(
    gateway: String, wallet: String, admin: String, operatorID: String, operatorPassword: String, tokens: [CallerLabel: String],
    provider: DemoProvider? = nil
  ) {
    self.gateway = gateway
    self.wallet = wallet
    self.admin = admin
    self.operatorID = operatorID
    self.operatorPassword = operatorPassword
    self.tokens = tokens
    self.provider = provider
  }
}
