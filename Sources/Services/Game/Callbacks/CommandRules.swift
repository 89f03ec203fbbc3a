internal import Kernel

/// Which command a callback is, and what its outcome is called.
enum CommandRules {
  /// Nil for what asks nothing of the wallet, or names no bet where one is needed.
  static func command(for money: MoneyCallback, reference: String?, brandCurrency: Currency) -> GameCommand? {
    let currency = money.currency ?? brandCurrency
    switch money.operation {
    case .bet: return .authorize(amount: money.amount, currency: currency, reference: money.transaction, round: money.round)
    case .win: return reference.map { .settle(amount: money.amount, currency: currency, reference: $0) }
    case .rollback: return reference.map { .rollback(reference: $0) }
    case .promoWin: return .reward(amount: money.amount, currency: currency)
    // The bet of a round that ended without a win is lost.
    case .endRound: return reference.map { .settle(amount: 0, currency: currency, reference: $0) }
    case .authenticate, .balance, .batch: return nil
    }
  }

  static func word(for verdict: WalletVerdict, _ operation: CallbackOperation, _ terms: ProviderTerms) -> CallbackWord {
    switch verdict {
    case .applied(_, let tombstone): tombstone && terms.unknownRollback == .notFound ? .transactionNotFound : .applied
    case .refused(let reason): refusal(reason, operation)
    case .unknown: .tryAgain
    }
  }

  private static func refusal(_ reason: ProblemReason, _ operation: CallbackOperation) -> CallbackWord {
    // Ended is ended: a bet that was settled or rolled back before its round ended needs nothing more.
    if operation == .endRound, [.alreadySettled, .alreadyRolledBack, .transactionNotFound].contains(reason) { return .applied }
    // Rolled back is rolled back, whichever rollback did it.
    if operation == .rollback, reason == .alreadyRolledBack { return .applied }
    switch reason {
    case .insufficientFunds: return .insufficientFunds
    case .transactionNotFound: return .transactionNotFound
    case .alreadySettled: return .alreadySettled
    case .alreadyRolledBack: return .alreadyRolledBack
    case .transactionClosed, .idempotencyMismatch, .idempotencyBrandSplit, .crossBrandRejected: return .duplicateTransaction
    case .limitExceeded, .amountOutOfRange: return .limitExceeded
    case .playerSuspended: return .playerBlocked
    case .currencyMismatch: return .wrongCurrency
    default: return .tryAgain
    }
  }
}
