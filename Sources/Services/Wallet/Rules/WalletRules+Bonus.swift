extension WalletRules {
  func bonusGrant(
    _ amount: Int64, _ requirement: Int64, _ snapshot: WalletSnapshot, _ origin: WalletOrigin
  ) throws(WalletRefusal) -> WalletDecision {
    try checkRange(amount)
    guard requirement >= 0 else { throw .amountOutOfRange }
    guard let bucket = topology.bonusBucket else { throw .unknownBucket }
    try checkLimits(amount, of: .bonusGrant)
    var movement = Movement(snapshot.balances)
    try movement.move(amount, from: .bonus, to: .bucket(bucket))
    return movement.decision(
      .insert(
        WalletTransaction(
          id: origin.id, createdAt: origin.at, kind: .bonus, state: .granted, amount: amount, requirement: requirement)))
  }

  /// The player may have bet some of the bonus away: what is left of it moves, at most what was granted.
  func closeBonus(as state: WalletTransaction.State, _ snapshot: WalletSnapshot) throws(WalletRefusal) -> WalletDecision {
    guard let bucket = topology.bonusBucket else { throw .unknownBucket }
    var transaction = try target(snapshot, kind: .bonus, in: [.granted])
    var movement = Movement(snapshot.balances)
    transaction.state = state
    transaction.settledAmount = min(transaction.amount, movement.held(in: bucket))
    let destination = state == .forfeited ? LedgerAccount.bonus : .bucket(topology.conversionBucket)
    try movement.move(transaction.settledAmount, from: .bucket(bucket), to: destination)
    return movement.decision(.update(transaction))
  }
}
