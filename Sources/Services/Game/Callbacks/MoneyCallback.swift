internal import Kernel

/// The part of a callback that is decided once and for all: its transaction id names it for ever.
struct MoneyCallback: Hashable, Sendable {
  let operation: CallbackOperation
  /// The provider's own id of what it sends.
  let transaction: String
  /// The bet that a win or a rollback names.
  var reference: String?
  var round: String?
  /// The round ends with it.
  var endsRound = false
  /// Minor units; zero where the operation has none.
  var amount: Int64 = 0
  var currency: Currency?
  /// What a bet shows to prove that its player plays.
  var token: String?
}
