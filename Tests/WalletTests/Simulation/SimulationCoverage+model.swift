@testable import Wallet

extension SimulationCoverage {
  /// Notes what a command did.
  ///
  /// - Parameter was: the transaction that it names, as it was before.
  mutating func note(_ command: ModelCommand, _ verdict: ModelVerdict, was: ModelTransaction?, after: ModelBooks) {
    note(command.action.name, verdict)
    if verdict.isReplay { return note(.replay) }
    if verdict.refusal == .idempotencyMismatch { note(.misusedKey) }
    if verdict.refusal == .amountOutOfRange, Self.isRich(command.player, after), Self.couldBe(command, was) { note(.overflow) }
    noteBet(command, verdict, was, after)
    switch command.action.target {
    case .transaction(let id):
      if let was, was.player != command.player { note(.anothersTransaction) }
      noteBonus(command, id, after)
    default: break
    }
    guard case .accepted = verdict.answer else { return }
    let held = after.balances[command.player] ?? [:]
    if let topology = after.topology, held.contains(where: { $0.value > 0 && !topology.buckets.contains($0.key) }) { note(.olderBucket) }
    if after.isSuspended[command.player] == true, (after.postings[command.key] ?? []).contains(where: { $0.player != nil && $0.amount > 0 })
    {
      note(.suspendedGotMoney)
    }
  }

  private static func isRich(_ player: Int64, _ books: ModelBooks) -> Bool {
    (books.balances[player] ?? [:]).values.reduce(0, +) > .max - 2_000_000_000_000_000
  }

  /// Whether the amount by itself is one that the wallet takes, so that only what is held already can be in its way.
  private static func couldBe(_ command: ModelCommand, _ was: ModelTransaction?) -> Bool {
    switch command.action {
    case .deposit(let amount), .rebate(let amount), .cashback(let amount), .lossback(let amount), .adjust(let amount, _):
      (1...1_000_000_000_000_000).contains(amount)
    case .settle(let amount, _, _): (0...1_000_000_000_000_000).contains(amount)
    case .depositApprove, .withdrawDecline, .rollback: was != nil
    default: false
    }
  }

  private mutating func noteBet(_ command: ModelCommand, _ verdict: ModelVerdict, _ was: ModelTransaction?, _ after: ModelBooks) {
    guard case .bet(let provider, let reference) = command.action.target else { return }
    let name = ModelBetName(provider: provider, reference: reference)
    let isAccepted = verdict.refusal == nil
    switch command.action.name {
    case .authorize where verdict.refusal == .alreadyRolledBack: note(.lateBet)
    case .authorize where isAccepted:
      if let id = after.bets[name], (after.transactions[id]?.parts.count ?? 0) > 1 { note(.splitBet) }
    case .settle where isAccepted && was?.state == "settled": note(.furtherWin)
    case .rollback where was?.state == "settled" && isAccepted && (was?.settled ?? 0) > 0: note(.reversal)
    case .rollback where was?.state == "settled" && verdict.refusal == .insufficientFunds: note(.brokenReversal)
    case .rollback where was == nil && isAccepted: note(.acceptedTombstone)
    case .rollback where was == nil && verdict.refusal == .transactionNotFound: note(.refusedTombstone)
    default: break
    }
  }

  private mutating func noteBonus(_ command: ModelCommand, _ id: String, _ after: ModelBooks) {
    guard let bonus = after.transactions[id], bonus.kind == "bonus", after.postings[command.key] != nil else { return }
    if bonus.settled == 0 { note(.emptyConversion) }
    if bonus.settled > 0, bonus.settled < bonus.amount { note(.partialConversion) }
  }
}
