/// A brand's limits and agreements as the model knows them. The wallet gets the same as a document.
struct ModelPolicy: Hashable, Sendable {
  struct Pair: Hashable, Sendable {
    let from: String
    let to: String
  }

  struct Provider: Hashable, Sendable {
    var refusesUnknownRollbacks = false
    var reversesSettledBets = false
  }

  /// By command name; both bounds included.
  var limits: [String: ClosedRange<Int64>] = [:]
  var transfers: Set<Pair> = []
  var settlesMany = false
  var providers: [String: Provider] = [:]

  /// What `wallet.wallet_policy.document` holds. Members that say what is so anyway are left out.
  var document: String {
    let bounds = limits.sorted { $0.key < $1.key }.map { "\"\($0.key)\":{\"min\":\($0.value.lowerBound),\"max\":\($0.value.upperBound)}" }
    var members = ["\"limits\":{\(bounds.joined(separator: ","))}"]
    let pairs = transfers.map { "{\"from\":\"\($0.from)\",\"to\":\"\($0.to)\"}" }.sorted()
    if !pairs.isEmpty { members.append("\"transfers\":[\(pairs.joined(separator: ","))]") }
    if settlesMany { members.append("\"settle_many\":true") }
    let agreements = providers.sorted { $0.key < $1.key }.map { name, agreement in
      "\"\(name)\":{\"unknown_rollback\":\"\(agreement.refusesUnknownRollbacks ? "refuse" : "accept")\","
        + "\"rollback_after_settle\":\"\(agreement.reversesSettledBets ? "reverse" : "refuse")\"}"
    }
    if !agreements.isEmpty { members.append("\"providers\":{\(agreements.joined(separator: ","))}") }
    return "{\(members.joined(separator: ","))}"
  }
}
