internal import Kernel

/// What a payment's callback leads to. Pure.
enum PaymentRules {
  enum Decision: Hashable, Sendable {
    /// The whole amount has arrived: credit the deposit.
    case approve(PendingDeposit)
    /// Money may have arrived, but not as the deposit says: a person decides.
    case review(PaymentOutcome.Reason)
    case unknownDeposit
    /// Nothing has arrived, and nothing may yet.
    case note
  }

  static func decide(_ callback: PlisioCallback, deposit: PendingDeposit?, currency: Currency) -> Decision {
    switch callback.status {
    case .new, .pending, .expired, .error, .cancelled: return .note
    case .completed, .mismatch: break
    }
    guard let deposit else { return .unknownDeposit }
    guard callback.status == .completed else { return .review(.mismatch) }
    guard callback.sourceCurrency == deposit.currency else { return .review(.currency) }
    guard amount(of: callback, currency) == deposit.amount else { return .review(.amount) }
    return .approve(deposit)
  }

  /// Minor units of the brand's currency; nil when the callback names another one, or no exact amount.
  static func amount(of callback: PlisioCallback, _ currency: Currency) -> Int64? {
    guard callback.sourceCurrency == currency.code, let text = callback.sourceAmount else { return nil }
    return Money(decimal: text, currency: currency)?.minorUnits
  }
}
