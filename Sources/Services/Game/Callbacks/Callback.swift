/// A callback as a profile read it, whatever its provider's form.
struct Callback: Hashable, Sendable {
  let operation: CallbackOperation
  /// The provider's id of the request, which its answer repeats.
  let echo: String?
  /// As it came; nil only where a token alone says who it is.
  var account: String?
  var token: String?
  /// Of bets, wins, rollbacks, promotional wins and ends of rounds.
  var money: MoneyCallback?
  /// Of a batch.
  var items: [Callback] = []
}
