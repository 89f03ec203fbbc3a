/// What a provider may be told, whatever its own term for it is.
enum SimulatorWord: String, Hashable, Sendable {
  case applied
  case poor
  case conflict
  case absent
  case settled
  case cancelled
  case expired
  case roundClosed = "round_closed"
  case roundHasBet = "round_has_bet"
  case otherCurrency = "other_currency"
  case forged
}
