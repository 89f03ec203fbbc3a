/// What a player has and what a provider must be told, worked out from the agreement alone. It shares nothing with the game role and the wallet: where
/// they and it agree, two readings of the same agreement do.
struct SimulatorLedger: Sendable {
  struct Bet: Hashable, Sendable {
    let stake: Int64
    /// As the wallet's history names it: `authorized`, `settled`, `rolled_back`.
    var state = "authorized"
    var won: Int64 = 0
  }

  struct Answer: Hashable, Sendable {
    let word: SimulatorWord
    var balance: Int64?
  }

  private struct Round {
    var isOpen = true
    var bet: String?
    var hasWin = false
  }

  let provider: SimulatedProvider
  private(set) var balance: Int64
  private(set) var bets: [String: Bet] = [:]
  private var cancelledAhead: Set<String> = []
  private var rounds: [String: Round] = [:]
  private var answered: [String: (note: SimulatorNote, answer: Answer)] = [:]

  init(_ provider: SimulatedProvider, balance: Int64) {
    self.provider = provider
    self.balance = balance
  }

  /// The first answer to a transaction id is the answer to it for ever.
  mutating func take(_ note: SimulatorNote) -> Answer {
    guard note.operation.hasTransaction else { return Answer(word: .applied, balance: balance) }
    if let earlier = answered[note.transaction] { return earlier.note == note ? earlier.answer : Answer(word: .conflict) }
    let answer = fresh(note)
    answered[note.transaction] = (note, answer)
    return answer
  }

  private mutating func fresh(_ note: SimulatorNote) -> Answer {
    switch note.operation {
    case .bet: bet(note)
    case .win: win(note)
    case .rollback: rollback(note)
    case .promoWin: pay(note.amount)
    case .endRound: endRound(note)
    case .authenticate, .balance: Answer(word: .applied, balance: balance)
    }
  }

  private mutating func pay(_ amount: Int64) -> Answer {
    balance += amount
    return Answer(word: .applied, balance: balance)
  }

  private mutating func bet(_ note: SimulatorNote) -> Answer {
    if note.hasOtherCurrency { return Answer(word: .otherCurrency) }
    if note.hasForeignToken { return Answer(word: .expired) }
    if provider.tracksRounds {
      let round = rounds[note.round] ?? Round()
      guard round.isOpen else { return Answer(word: .roundClosed) }
      guard round.bet == nil else { return Answer(word: .roundHasBet) }
      rounds[note.round] = Round(bet: note.transaction)
    }
    if cancelledAhead.contains(note.transaction) { return Answer(word: .cancelled) }
    guard note.amount <= balance else { return Answer(word: .poor, balance: balance) }
    bets[note.transaction] = Bet(stake: note.amount)
    return pay(-note.amount)
  }

  private mutating func win(_ note: SimulatorNote) -> Answer {
    var name = note.reference
    if provider.tracksRounds {
      guard var round = rounds[note.round], let bet = round.bet else { return Answer(word: .absent) }
      guard !round.hasWin else { return Answer(word: .settled) }
      guard round.isOpen else { return Answer(word: .roundClosed) }
      round.hasWin = true
      round.isOpen = !note.closesRound
      rounds[note.round] = round
      name = bet
    }
    guard var bet = bets[name] else { return Answer(word: .absent) }
    guard bet.state != "rolled_back" else { return Answer(word: .cancelled) }
    bet.state = "settled"
    bet.won += note.amount
    bets[name] = bet
    return pay(note.amount)
  }

  private mutating func rollback(_ note: SimulatorNote) -> Answer {
    guard var bet = bets[note.reference] else {
      cancelledAhead.insert(note.reference)
      return provider.thanksForUnknownRollbacks ? Answer(word: .applied, balance: balance) : Answer(word: .absent)
    }
    guard bet.state != "rolled_back" else { return Answer(word: .applied, balance: balance) }
    if bet.state == "settled" {
      guard provider.takesWinsBack else { return Answer(word: .settled) }
      guard bet.won <= balance else { return Answer(word: .poor, balance: balance) }
    }
    let change = bet.stake - bet.won
    bet.state = "rolled_back"
    // The history shows no winnings of a bet that is rolled back.
    bet.won = 0
    bets[note.reference] = bet
    return pay(change)
  }

  private mutating func endRound(_ note: SimulatorNote) -> Answer {
    guard provider.tracksRounds else { return Answer(word: .applied) }
    var round = rounds[note.round] ?? Round()
    if round.isOpen, !round.hasWin, let name = round.bet, bets[name]?.state == "authorized" { bets[name]?.state = "settled" }
    round.isOpen = false
    rounds[note.round] = round
    return Answer(word: .applied)
  }
}
