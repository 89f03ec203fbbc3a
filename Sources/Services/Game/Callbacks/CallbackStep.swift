/// What is to be done about a money callback.
enum CallbackStep: Hashable, Sendable {
  /// It came before: as decided then.
  case follow(KeptDecision)
  /// Its transaction id stands for something else.
  case conflict
  /// Not now; nothing is kept.
  case putOff
  /// To be kept, together with what becomes of the round.
  case keep(KeptDecision, round: GameRound?)
}
