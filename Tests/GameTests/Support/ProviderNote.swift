/// What a provider has to say, before it has its form.
struct ProviderNote: Hashable, Sendable {
  var operation: String
  var transaction: String
  var reference = "b1"
  var round = "round-1"
  var closesRound = false
  var amount = 0
  var currency = "EUR"
  var account = "default_alice"
  var token = "1.token"

  static func bet(_ transaction: String, _ amount: Int) -> ProviderNote {
    ProviderNote(operation: "bet", transaction: transaction, amount: amount)
  }

  static func win(_ transaction: String, _ amount: Int, of bet: String = "b1") -> ProviderNote {
    ProviderNote(operation: "win", transaction: transaction, reference: bet, amount: amount)
  }

  static func rollback(_ transaction: String, of bet: String = "b1") -> ProviderNote {
    ProviderNote(operation: "rollback", transaction: transaction, reference: bet)
  }

  static func endRound(_ transaction: String) -> ProviderNote { ProviderNote(operation: "end_round", transaction: transaction) }
}
