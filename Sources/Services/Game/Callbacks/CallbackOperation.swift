/// What a provider's callback asks for.
package enum CallbackOperation: String, CaseIterable, Hashable, Sendable {
  case authenticate
  case balance
  case bet
  case win
  case rollback
  case promoWin = "promo_win"
  case endRound = "end_round"
  case batch
}
