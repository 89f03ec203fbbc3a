extension WalletRules {
  /// Money that the brand owes the player: rebate, cashback, lossback.
  func reward(
    _ amount: Int64, _ command: WalletCommandName, kind: WalletTransaction.Kind, from account: LedgerAccount, _ snapshot: WalletSnapshot,
    _ origin: WalletOrigin
  ) throws(WalletRefusal) -> WalletDecision {
    try checkAmount(amount, of: command)
    var movement = Movement(snapshot.balances)
    try movement.move(amount, from: account, to: .bucket(topology.rewardBucket))
    return movement.decision(
      .insert(WalletTransaction(id: origin.id, createdAt: origin.at, kind: kind, state: .applied, amount: amount)))
  }
}
