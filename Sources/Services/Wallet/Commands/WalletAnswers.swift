internal import Contracts
internal import Kernel
internal import Platform

/// Writes answers as the bytes that are stored and sent.
enum WalletAnswers {
  static func accepted(_ decision: WalletDecision, for request: WalletRequest, topology: WalletTopology) throws -> WalletAnswer {
    let body = WalletCommandAnswer(
      command: request.action.name.rawValue,
      transaction: decision.transaction.map { entry(of: $0, player: request.player, currency: request.brand.currency) },
      tombstone: decision.transaction == nil, currency: request.brand.currency.code,
      balances: balances(decision.balances, topology))
    return WalletAnswer(status: status(of: decision), body: try JSONBytes.encode(body), isReplay: false)
  }

  static func refused(_ refusal: WalletRefusal, for request: WalletRequest, trace: String) throws -> WalletAnswer {
    let problem = Problem(refusal.reason)
    let body = ProblemBody(problem, requestID: request.requestID, traceID: trace)
    return WalletAnswer(status: refusal.reason.status, body: try JSONBytes.encode(body), isReplay: false)
  }

  static func entry(of transaction: WalletTransaction, player: PlayerID, currency: Currency) -> WalletTransactionEntry {
    WalletTransactionEntry(
      id: transaction.id, player: player.rawValue, kind: transaction.kind.rawValue, state: transaction.state.rawValue,
      amount: transaction.amount, currency: currency.code,
      settledAmount: transaction.kind == .bet && transaction.state == .settled ? transaction.settledAmount : nil,
      provider: transaction.provider, reference: transaction.reference, round: transaction.round,
      createdAt: transaction.createdAt.description)
  }

  /// Every bucket of the topology in its order, then those that only older topologies knew.
  static func balances(_ balances: [Bucket: Int64], _ topology: WalletTopology) -> [WalletBucketBalance] {
    let known = topology.buckets
    let others = balances.keys.filter { !known.contains($0) && balances[$0] != 0 }.sorted()
    return (known + others).map { bucket in
      WalletBucketBalance(
        bucket: bucket.name, amount: balances[bucket] ?? 0, withdrawable: topology.withdrawOrder.contains(bucket))
    }
  }

  private static func status(of decision: WalletDecision) -> Int {
    if case .insert = decision.change { 201 } else { 200 }
  }
}
