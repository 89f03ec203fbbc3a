extension WalletRules {
  func authorize(
    _ amount: Int64, _ provider: String, _ reference: String, _ round: String?, _ snapshot: WalletSnapshot, _ origin: WalletOrigin
  ) throws(WalletRefusal) -> WalletDecision {
    try checkAmount(amount, of: .authorize)
    guard !snapshot.rolledBackBefore else { throw .rolledBackBefore }
    guard snapshot.target == nil, !snapshot.belongsToAnother else { throw .referenceTaken }
    var movement = Movement(snapshot.balances)
    let parts = try movement.take(amount, from: topology.betOrder, to: .provider(provider))
    return movement.decision(
      .insert(
        WalletTransaction(
          id: origin.id, createdAt: origin.at, kind: .bet, state: .authorized, amount: amount, provider: provider, reference: reference,
          round: round, parts: parts)))
  }

  /// What a bet has won so far grows, where the policy lets it win more than once.
  func settle(_ amount: Int64, _ provider: String, _ snapshot: WalletSnapshot) throws(WalletRefusal) -> WalletDecision {
    try checkAmount(amount, of: .settle, min: 0)
    var transaction = try bet(snapshot, orSettled: policy.settlesMany)
    let (won, overflow) = transaction.settledAmount.addingReportingOverflow(amount)
    guard !overflow else { throw .amountOutOfRange }
    transaction.state = .settled
    transaction.settledAmount = won
    var movement = Movement(snapshot.balances)
    try movement.move(amount, from: .provider(provider), to: .bucket(topology.winBucket))
    return movement.decision(.update(transaction))
  }

  /// The stake returns to the buckets it came from. A rollback of a bet that has not come is kept, whatever the provider is answered:
  /// the late bet must be refused.
  func rollback(_ provider: String, _ reference: String, _ snapshot: WalletSnapshot) throws(WalletRefusal) -> WalletDecision {
    guard !snapshot.belongsToAnother else { throw .transactionNotFound }
    let agreement = policy.agreement(with: provider)
    guard snapshot.target != nil else {
      return WalletDecision(
        change: .tombstone(provider: provider, reference: reference), postings: [], balances: snapshot.balances,
        refusal: agreement.refusesUnknownRollback ? .transactionNotFound : nil)
    }
    var transaction = try bet(snapshot, orSettled: agreement.reversesSettledBets)
    transaction.state = .rolledBack
    var movement = Movement(snapshot.balances)
    try takeBack(transaction.settledAmount, provider, &movement)
    try movement.giveBack(transaction.parts, from: .provider(provider))
    return movement.decision(.update(transaction))
  }

  /// Takes what a bet has won from where wins go, then from where bets come from. The stake isn't there yet: it can't pay for the win.
  private func takeBack(_ won: Int64, _ provider: String, _ movement: inout Movement) throws(WalletRefusal) {
    guard won > 0 else { return }
    let order = [topology.winBucket] + topology.betOrder.filter { $0 != topology.winBucket }
    _ = try movement.take(won, from: order, to: .provider(provider))
  }

  /// The named bet, if it is open, or settled where that is allowed too.
  private func bet(_ snapshot: WalletSnapshot, orSettled takesSettled: Bool) throws(WalletRefusal) -> WalletTransaction {
    guard let transaction = snapshot.target, transaction.kind == .bet else { throw .transactionNotFound }
    switch transaction.state {
    case .authorized: return transaction
    case .settled where takesSettled: return transaction
    case .settled: throw .alreadySettled
    case .rolledBack: throw .alreadyRolledBack
    case .pending, .requested, .approved, .declined, .paid, .applied, .granted, .converted, .completed, .forfeited: throw .transactionClosed
    }
  }
}
