/// What can happen in a sequence.
enum SequenceEvent: String, Hashable, Sendable {
  case bet
  case otherBet
  case win
  case otherWin
  case rollback
  case otherRollback
  case endRound
  /// The last callback again, as after an answer that got lost.
  case retry
  /// The bet's transaction id with another amount.
  case changedBet
  /// A win that ends its round.
  case lastWin
  /// More than there is.
  case hugeBet
  case sessionEnds

  var note: ProviderNote? {
    switch self {
    case .bet: .bet("b1", 300)
    case .otherBet: .bet("b2", 200)
    case .win: .win("w1", 500)
    case .otherWin: .win("w2", 40)
    case .rollback: .rollback("r1")
    case .otherRollback: .rollback("r2")
    case .endRound: .endRound("e1")
    case .changedBet: .bet("b1", 301)
    case .lastWin: ProviderNote(operation: "win", transaction: "w3", closesRound: true, amount: 60)
    case .hugeBet: .bet("b3", 5000)
    case .retry, .sessionEnds: nil
    }
  }
}
