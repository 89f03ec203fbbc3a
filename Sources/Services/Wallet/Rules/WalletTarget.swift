/// How a command names an earlier transaction.
package enum WalletTarget: Hashable, Sendable {
  /// By Cordon's transaction id.
  case transaction(String)
  /// By the provider's name for it, `<provider>:<id>`.
  case reference(String)
}
