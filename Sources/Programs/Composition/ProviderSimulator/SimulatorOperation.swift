/// What a provider's callback asks for.
enum SimulatorOperation: String, CaseIterable, Hashable, Sendable {
  case authenticate
  case balance
  case bet
  case win
  case rollback
  case promoWin = "promo_win"
  case endRound = "end_round"

  var hasMoney: Bool { [.bet, .win, .promoWin].contains(self) }
  var hasRound: Bool { [.bet, .win, .endRound].contains(self) }
  var hasReference: Bool { [.win, .rollback].contains(self) }
  var hasToken: Bool { [.authenticate, .bet].contains(self) }
  var hasTransaction: Bool { ![.authenticate, .balance].contains(self) }
}
