extension WalletRules {
  func deposit(_ amount: Int64, _ snapshot: WalletSnapshot, _ origin: WalletOrigin) throws(WalletRefusal) -> WalletDecision {
    try checkAmount(amount, of: .deposit)
    var movement = Movement(snapshot.balances)
    try movement.move(amount, from: .deposits, to: .bucket(topology.depositBucket))
    return movement.decision(
      .insert(WalletTransaction(id: origin.id, createdAt: origin.at, kind: .deposit, state: .approved, amount: amount)))
  }

  func depositRequest(_ amount: Int64, _ snapshot: WalletSnapshot, _ origin: WalletOrigin) throws(WalletRefusal) -> WalletDecision {
    try checkAmount(amount, of: .depositRequest)
    return Movement(snapshot.balances)
      .decision(.insert(WalletTransaction(id: origin.id, createdAt: origin.at, kind: .deposit, state: .pending, amount: amount)))
  }

  func depositApprove(_ snapshot: WalletSnapshot) throws(WalletRefusal) -> WalletDecision {
    var transaction = try target(snapshot, kind: .deposit, in: [.pending])
    transaction.state = .approved
    var movement = Movement(snapshot.balances)
    try movement.move(transaction.amount, from: .deposits, to: .bucket(topology.depositBucket))
    return movement.decision(.update(transaction))
  }

  func depositDecline(_ snapshot: WalletSnapshot) throws(WalletRefusal) -> WalletDecision {
    var transaction = try target(snapshot, kind: .deposit, in: [.pending])
    transaction.state = .declined
    return Movement(snapshot.balances).decision(.update(transaction))
  }

  /// The named transaction, if it is of that kind and in one of those states.
  func target(
    _ snapshot: WalletSnapshot, kind: WalletTransaction.Kind, in states: Set<WalletTransaction.State>
  ) throws(WalletRefusal) -> WalletTransaction {
    guard let transaction = snapshot.target, transaction.kind == kind else { throw .transactionNotFound }
    guard states.contains(transaction.state) else { throw .transactionClosed }
    return transaction
  }
}
