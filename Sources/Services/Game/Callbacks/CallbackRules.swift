/// Decides money callbacks before the wallet is asked: values in, a step out.
enum CallbackRules {
  static func decide(_ money: MoneyCallback, _ facts: CallbackFacts, _ terms: ProviderTerms) -> CallbackStep {
    if let earlier = facts.earlier { return earlier.fingerprint == facts.fingerprint ? .follow(earlier.decision) : .conflict }
    // Whether money may be staked is looked at for bets alone: what a bet began must be able to end.
    if money.operation == .bet, facts.switches.maintenance { return .putOff }
    if let word = refusal(of: money, facts) { return .keep(KeptDecision(.refused(word)), round: nil) }
    return terms.rounds == .strict ? strict(money, facts) : .keep(KeptDecision(untracked(money)), round: nil)
  }

  private static func refusal(of money: MoneyCallback, _ facts: CallbackFacts) -> CallbackWord? {
    if money.operation == .bet, !facts.isBrandEnabled || !facts.switches.enabled { return .providerDisabled }
    if let currency = money.currency, currency != facts.brandCurrency { return .wrongCurrency }
    if money.operation == .bet, facts.session != .live { return .sessionExpired }
    return nil
  }

  private static func untracked(_ money: MoneyCallback) -> KeptDecision.Verdict {
    money.operation == .endRound ? .acknowledged : .forwarded(reference: money.reference)
  }

  // MARK: Rounds

  private static func strict(_ money: MoneyCallback, _ facts: CallbackFacts) -> CallbackStep {
    switch money.operation {
    case .bet: bet(money, facts)
    case .win: win(money, facts)
    case .endRound: endRound(money, facts)
    default: .keep(KeptDecision(.forwarded(reference: money.reference)), round: nil)
    }
  }

  private static func bet(_ money: MoneyCallback, _ facts: CallbackFacts) -> CallbackStep {
    var round = facts.round ?? GameRound(player: facts.player, isOpen: true)
    guard round.isOpen, round.player == facts.player else { return refuse(.roundClosed) }
    guard round.bet == nil else { return refuse(.roundHasBet) }
    round.bet = money.transaction
    round.isOpen = !money.endsRound
    return .keep(KeptDecision(.forwarded(reference: nil)), round: round)
  }

  private static func win(_ money: MoneyCallback, _ facts: CallbackFacts) -> CallbackStep {
    guard var round = facts.round, let bet = round.bet, round.player == facts.player else { return refuse(.transactionNotFound) }
    guard round.win == nil else { return refuse(.alreadySettled) }
    guard round.isOpen else { return refuse(.roundClosed) }
    round.win = money.transaction
    round.isOpen = !money.endsRound
    return .keep(KeptDecision(.forwarded(reference: bet)), round: round)
  }

  /// A round that ends before it was heard of is remembered as ended, so that what comes late is refused.
  private static func endRound(_ money: MoneyCallback, _ facts: CallbackFacts) -> CallbackStep {
    var round = facts.round ?? GameRound(player: facts.player, isOpen: true)
    guard round.player == facts.player else { return refuse(.roundClosed) }
    let losingBet = round.isOpen && round.win == nil ? round.bet : nil
    round.isOpen = false
    return .keep(KeptDecision(losingBet.map { .forwarded(reference: $0) } ?? .acknowledged), round: round)
  }

  private static func refuse(_ word: CallbackWord) -> CallbackStep { .keep(KeptDecision(.refused(word)), round: nil) }
}
