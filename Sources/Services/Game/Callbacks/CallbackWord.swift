/// What a provider is told. Each profile has its provider's own term for each.
package enum CallbackWord: String, CaseIterable, Hashable, Sendable {
  /// Done, now or before.
  case applied
  case insufficientFunds = "insufficient_funds"
  /// The transaction id was used for something else.
  case duplicateTransaction = "duplicate_transaction"
  case transactionNotFound = "transaction_not_found"
  case alreadySettled = "already_settled"
  case alreadyRolledBack = "already_rolled_back"
  case roundClosed = "round_closed"
  /// The round has its one bet.
  case roundHasBet = "round_has_bet"
  case sessionExpired = "session_expired"
  case wrongCurrency = "wrong_currency"
  case limitExceeded = "limit_exceeded"
  case playerBlocked = "player_blocked"
  /// The brand, or the provider for it, is switched off.
  case providerDisabled = "provider_disabled"
  case unknownAccount = "unknown_account"
  case malformed
  case invalidSignature = "invalid_signature"
  /// Nothing is decided: the same callback may be sent again.
  case tryAgain = "try_again"

  /// Whether the provider's answer shows the balance.
  func showsBalance(after operation: CallbackOperation) -> Bool {
    switch self {
    case .applied: operation != .endRound
    case .insufficientFunds: true
    default: false
    }
  }
}
