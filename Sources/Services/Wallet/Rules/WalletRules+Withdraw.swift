extension WalletRules {
  /// The money leaves the player's buckets at once and is held, so that it can't be bet while somebody looks at the request.
  func withdrawRequest(_ amount: Int64, _ snapshot: WalletSnapshot, _ origin: WalletOrigin) throws(WalletRefusal) -> WalletDecision {
    try checkAmount(amount, of: .withdrawRequest)
    var movement = Movement(snapshot.balances)
    let parts = try movement.take(amount, from: topology.withdrawOrder, to: .withdrawalsHeld)
    return movement.decision(
      .insert(WalletTransaction(id: origin.id, createdAt: origin.at, kind: .withdraw, state: .requested, amount: amount, parts: parts)))
  }

  func withdrawApprove(_ snapshot: WalletSnapshot) throws(WalletRefusal) -> WalletDecision {
    var transaction = try target(snapshot, kind: .withdraw, in: [.requested])
    transaction.state = .approved
    return Movement(snapshot.balances).decision(.update(transaction))
  }

  func withdrawDecline(_ snapshot: WalletSnapshot) throws(WalletRefusal) -> WalletDecision {
    var transaction = try target(snapshot, kind: .withdraw, in: [.requested, .approved])
    transaction.state = .declined
    var movement = Movement(snapshot.balances)
    try movement.giveBack(transaction.parts, from: .withdrawalsHeld)
    return movement.decision(.update(transaction))
  }

  func withdrawPay(_ snapshot: WalletSnapshot) throws(WalletRefusal) -> WalletDecision {
    var transaction = try target(snapshot, kind: .withdraw, in: [.approved])
    transaction.state = .paid
    var movement = Movement(snapshot.balances)
    try movement.move(transaction.amount, from: .withdrawalsHeld, to: .withdrawals)
    return movement.decision(.update(transaction))
  }
}
