/// How a command names an earlier transaction.
package enum WalletTarget: Hashable, Sendable {
  /// By Cordon's transaction id.
  case transaction(String)
  /// A bet, by its provider's name for it.
  case bet(provider: String, reference: String)
}
