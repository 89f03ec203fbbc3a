/// What became of a callback, as `wallet.payment_callback` keeps it and as the provider is told.
enum PaymentOutcome: Hashable, Sendable {
  /// Why a person must decide.
  enum Reason: Hashable, Sendable {
    case amount
    case currency
    case mismatch
    /// The wallet refused to credit it: the deposit is decided already, the player is suspended.
    case refused(String)

    var name: String {
      switch self {
      case .amount: "amount"
      case .currency: "currency"
      case .mismatch: "mismatch"
      case .refused(let reason): reason
      }
    }
  }

  case approved(bonus: Int64)
  case review(Reason)
  case unknownDeposit
  case noted
  /// It had been handled before; nothing was done.
  case replayed

  var name: String {
    switch self {
    case .approved: "approved"
    case .review: "review"
    case .unknownDeposit: "unknown_deposit"
    case .noted: "noted"
    case .replayed: "replayed"
    }
  }

  var reason: Reason? { if case .review(let reason) = self { reason } else { nil } }
  var bonus: Int64 { if case .approved(let bonus) = self { bonus } else { 0 } }
}
