internal import Kernel

/// What game_service asks of the wallet.
enum GameCommand: Hashable, Sendable {
  case authorize(amount: Int64, currency: Currency, reference: String, round: String?)
  case settle(amount: Int64, currency: Currency, reference: String)
  case rollback(reference: String)
  /// A promotional win has no bet: the brand's account of rebates pays it.
  case reward(amount: Int64, currency: Currency)
}
