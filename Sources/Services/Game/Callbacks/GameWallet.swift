internal import Platform

/// The wallet, as callbacks need it.
protocol GameWallet: Sendable {
  func execute(_ order: GameOrder, _ context: CallContext, _ deadline: CallbackDeadline) async -> WalletVerdict
  /// Sum of the player's buckets; nil when it can't be had now.
  func balance(of player: ResolvedAccount, _ context: CallContext, _ deadline: CallbackDeadline) async -> Int64?
}
