internal import Contracts
internal import Kernel
internal import Platform

/// Writes answers as the bytes that are stored and sent. By hand, since every command pays for it: the bytes are those that a
/// ``WalletCommandAnswer`` encodes to, which a test compares.
enum WalletAnswers {
  static func accepted(_ decision: WalletDecision, for request: WalletRequest, topology: WalletTopology) -> WalletAnswer {
    let currency = request.brand.currency
    var json = JSONBuffer(reserving: 512)
    json.put("{\"balances\":[")
    var isFirst = true
    for balance in balances(decision.balances, topology) {
      if !isFirst { json.put(",") }
      isFirst = false
      json.put("{\"amount\":", balance.amount)
      json.put(",\"bucket\":", balance.bucket)
      json.put(",\"withdrawable\":", balance.withdrawable)
      json.put("}")
    }
    json.put("],\"command\":", request.action.name.rawValue)
    json.put(",\"currency\":", currency.code)
    json.put(",\"tombstone\":", decision.transaction == nil)
    if let transaction = decision.transaction {
      json.put(",\"transaction\":")
      write(transaction, player: request.player, currency: currency, to: &json)
    }
    json.put("}")
    return WalletAnswer(status: status(of: decision), body: json.bytes, isReplay: false)
  }

  static func refused(_ refusal: WalletRefusal, for request: WalletRequest) throws -> WalletAnswer {
    let problem = Problem(refusal.reason)
    let body = ProblemBody(problem, requestID: request.requestID, traceID: request.traceID)
    return WalletAnswer(status: refusal.reason.status, body: try JSONBytes.encode(body), isReplay: false)
  }

  /// Members in the order of their names, like every body of ours.
  static func write(_ transaction: WalletTransaction, player: PlayerID, currency: Currency, to json: inout JSONBuffer) {
    json.put("{\"amount\":", transaction.amount)
    json.put(",\"created_at\":", transaction.createdAt.description)
    json.put(",\"currency\":", currency.code)
    json.put(",\"kind\":", transaction.kind.rawValue)
    json.put(",\"player_id\":", player.rawValue)
    if let provider = transaction.provider { json.put(",\"provider\":", provider) }
    if let reference = transaction.reference { json.put(",\"reference\":", reference) }
    if let requirement = transaction.requirement { json.put(",\"requirement\":", requirement) }
    if let round = transaction.round { json.put(",\"round\":", round) }
    if let settled = settledAmount(of: transaction) { json.put(",\"settled_amount\":", settled) }
    json.put(",\"state\":", transaction.state.rawValue)
    json.put(",\"transaction_id\":", transaction.id)
    json.put("}")
  }

  static func entry(of transaction: WalletTransaction, player: PlayerID, currency: Currency) -> WalletTransactionEntry {
    WalletTransactionEntry(
      id: transaction.id, player: player.rawValue, kind: transaction.kind.rawValue, state: transaction.state.rawValue,
      amount: transaction.amount, currency: currency.code, settledAmount: settledAmount(of: transaction), provider: transaction.provider,
      reference: transaction.reference, round: transaction.round, requirement: transaction.requirement,
      createdAt: transaction.createdAt.description)
  }

  private static func settledAmount(of transaction: WalletTransaction) -> Int64? {
    transaction.state.showsSettledAmount ? transaction.settledAmount : nil
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
