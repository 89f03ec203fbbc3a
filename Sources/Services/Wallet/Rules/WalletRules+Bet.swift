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

  func settle(_ amount: Int64, _ provider: String, _ snapshot: WalletSnapshot) throws(WalletRefusal) -> WalletDecision {
    try checkAmount(amount, of: .settle, min: 0)
    var transaction = try openBet(snapshot)
    transaction.state = .settled
    transaction.settledAmount = amount
    var movement = Movement(snapshot.balances)
    try movement.move(amount, from: .provider(provider), to: .bucket(topology.winBucket))
    return movement.decision(.update(transaction))
  }

  /// The stake returns to the buckets it came from. A rollback of a bet that has not come is kept and succeeds.
  func rollback(_ provider: String, _ reference: String, _ snapshot: WalletSnapshot) throws(WalletRefusal) -> WalletDecision {
    guard !snapshot.belongsToAnother else { throw .transactionNotFound }
    guard snapshot.target != nil else {
      return Movement(snapshot.balances).decision(.tombstone(provider: provider, reference: reference))
    }
    var transaction = try openBet(snapshot)
    transaction.state = .rolledBack
    var movement = Movement(snapshot.balances)
    try movement.giveBack(transaction.parts, from: .provider(provider))
    return movement.decision(.update(transaction))
  }

  private func openBet(_ snapshot: WalletSnapshot) throws(WalletRefusal) -> WalletTransaction {
    guard let transaction = snapshot.target, transaction.kind == .bet else { throw .transactionNotFound }
    switch transaction.state {
    case .authorized: return transaction
    case .settled: throw .alreadySettled
    case .rolledBack: throw .alreadyRolledBack
    case .pending, .requested, .approved, .declined, .paid, .applied: throw .transactionClosed
    }
  }
}
