internal import Kernel

/// What is known when a money callback is decided, read in the transaction that keeps the decision.
struct CallbackFacts: Sendable {
  struct Earlier: Hashable, Sendable {
    let fingerprint: [UInt8]
    let decision: KeptDecision
  }

  /// What was decided under the same transaction id.
  var earlier: Earlier?
  let fingerprint: [UInt8]
  let player: PlayerID
  let brandCurrency: Currency
  let isBrandEnabled: Bool
  var switches = ProviderSwitches()
  var session = SessionStanding.ended
  /// Nil where the round was never heard of.
  var round: GameRound?
}
