/// What a provider should be told, and what a player should have, worked out from the agreement alone: a plain machine that shares nothing with
/// the program.
struct ModelGame: Sendable {
  struct Bet: Hashable, Sendable {
    let stake: Int
    var state = "open"
    var won = 0
  }

  struct Answer: Hashable, Sendable {
    let word: String
    var balance: Int?
  }

  struct Round: Hashable, Sendable {
    var isOpen = true
    var bet: String?
    var hasWin = false
  }

  let dialect: ModelDialect
  var balance: Int
  var bets: [String: Bet] = [:]
  var isPlaying = true
  private var cancelledAhead: Set<String> = []
  private var rounds: [String: Round] = [:]
  private var answered: [String: (note: ProviderNote, answer: Answer)] = [:]

  init(_ dialect: ModelDialect, balance: Int) {
    self.dialect = dialect
    self.balance = balance
  }

  mutating func take(_ note: ProviderNote) -> Answer {
    if let earlier = answered[note.transaction] { return earlier.note == note ? earlier.answer : Answer(word: "conflict") }
    let answer = fresh(note)
    answered[note.transaction] = (note, answer)
    return answer
  }

  private mutating func fresh(_ note: ProviderNote) -> Answer {
    switch note.operation {
    case "bet": bet(note)
    case "win": win(note)
    case "rollback": rollback(note)
    case "promo_win": pay(note.amount)
    default: endRound(note)
    }
  }

  private mutating func pay(_ amount: Int) -> Answer {
    balance += amount
    return Answer(word: "ok", balance: balance)
  }

  private mutating func bet(_ note: ProviderNote) -> Answer {
    guard isPlaying else { return Answer(word: "expired") }
    if dialect.tracksRounds {
      let round = rounds[note.round] ?? Round()
      guard round.isOpen else { return Answer(word: "closed") }
      guard round.bet == nil else { return Answer(word: "full") }
      rounds[note.round] = Round(isOpen: !note.closesRound, bet: note.transaction)
    }
    if cancelledAhead.contains(note.transaction) { return Answer(word: "cancelled") }
    guard note.amount <= balance else { return Answer(word: "poor", balance: balance) }
    bets[note.transaction] = Bet(stake: note.amount)
    balance -= note.amount
    return Answer(word: "ok", balance: balance)
  }

  private mutating func win(_ note: ProviderNote) -> Answer {
    var name = note.reference
    if dialect.tracksRounds {
      guard var round = rounds[note.round], let bet = round.bet else { return Answer(word: "absent") }
      guard !round.hasWin else { return Answer(word: "settled") }
      guard round.isOpen else { return Answer(word: "closed") }
      round.hasWin = true
      round.isOpen = !note.closesRound
      rounds[note.round] = round
      name = bet
    }
    guard let bet = bets[name] else { return Answer(word: "absent") }
    guard bet.state != "cancelled" else { return Answer(word: "cancelled") }
    bets[name] = Bet(stake: bet.stake, state: "settled", won: bet.won + note.amount)
    return pay(note.amount)
  }

  private mutating func rollback(_ note: ProviderNote) -> Answer {
    guard let bet = bets[note.reference] else {
      cancelledAhead.insert(note.reference)
      return dialect.unknownRollbackIsFine ? Answer(word: "ok", balance: balance) : Answer(word: "absent")
    }
    switch bet.state {
    case "cancelled": return Answer(word: "ok", balance: balance)
    case "settled":
      guard dialect.takesWinsBack else { return Answer(word: "settled") }
      guard bet.won <= balance else { return Answer(word: "poor", balance: balance) }
      balance += bet.stake - bet.won
    default: balance += bet.stake
    }
    bets[note.reference] = Bet(stake: bet.stake, state: "cancelled", won: bet.won)
    return Answer(word: "ok", balance: balance)
  }

  private mutating func endRound(_ note: ProviderNote) -> Answer {
    guard dialect.tracksRounds else { return Answer(word: "ok") }
    var round = rounds[note.round] ?? Round()
    if round.isOpen, !round.hasWin, let name = round.bet, let bet = bets[name], bet.state == "open" {
      bets[name] = Bet(stake: bet.stake, state: "settled")
    }
    round.isOpen = false
    rounds[note.round] = round
    return Answer(word: "ok")
  }
}
