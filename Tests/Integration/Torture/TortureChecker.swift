/// Holds what the clients were told against what the ledger says. It shares no code with the wallet: amounts are added up from the
/// clients' intents.
struct TortureChecker: Sendable {
  private static let findingsMax = 20

  let records: [TortureRecord]
  let ledger: TortureLedger
  /// After a stop some clients were never answered; then the ledger says what their commands came to.
  let allowsUnanswered: Bool

  /// - Returns: what is wrong, in words; empty when the run stood.
  func findings() -> [String] {
    var findings: [String] = []
    let rows = Dictionary(grouping: ledger.commands) { TortureOutcome.Key(brand: $0.brand, key: $0.key) }
    for (key, copies) in rows where copies.count > 1 { findings.append("\(key.key) stands \(copies.count) times in brand \(key.brand)") }
    let outcomes = self.outcomes(rows.compactMapValues(\.first), &findings)
    for (key, row) in rows.compactMapValues(\.first) where outcomes[key] == nil && !wasNeverAnswered(key) {
      findings.append("\(key.key) in brand \(key.brand) is a command that no client sent there (player \(row.player ?? 0))")
    }
    checkProbes(rows.compactMapValues(\.first), &findings)
    checkBets(outcomes, &findings)
    checkSums(outcomes, &findings)
    checkChains(&findings)
    checkEvents(&findings)
    findings += ledger.unbalanced.map { "postings don't sum to zero: \($0)" }
    findings += ledger.differences.map { "v_bucket_difference: \($0)" }
    findings += ledger.crossed.map { "posting crosses brands: \($0)" }
    return findings.count <= Self.findingsMax
      ? findings : findings.prefix(Self.findingsMax) + ["and \(findings.count - Self.findingsMax) more"]
  }

  // MARK: Commands

  private func outcomes(
    _ rows: [TortureOutcome.Key: TortureLedger.Command], _ findings: inout [String]
  ) -> [TortureOutcome.Key: TortureOutcome] {
    var outcomes: [TortureOutcome.Key: TortureOutcome] = [:]
    let sent = Dictionary(grouping: records.filter { !$0.intent.isProbe }) {
      TortureOutcome.Key(brand: $0.intent.brand, key: $0.intent.key)
    }
    for (key, records) in sent {
      guard let intent = records.first?.intent else { continue }
      let answers = records.flatMap(\.answers)
      if Set(answers).count > 1 { findings.append("\(key.key) got \(Set(answers).count) different answers") }
      let row = rows[key]
      if answers.isEmpty, row != nil, Set(records.flatMap(\.doubts)) == ["503 draining"] {
        findings.append("\(key.key) was only ever refused as draining and stands in the ledger")
      }
      guard let answer = answers.first ?? row.map({ TortureReply(status: $0.status, body: $0.body, reason: nil) }) else {
        if !allowsUnanswered { findings.append("\(key.key) was never answered: \(records.flatMap(\.doubts).sorted())") }
        continue
      }
      if answers.isEmpty, !allowsUnanswered { findings.append("\(key.key) was never answered") }
      let outcome = TortureOutcome(intent: intent, reply: answer)
      if answer.status >= 500 { findings.append("\(key.key) was answered \(answer.status) \(answer.body)") }
      check(outcome, row, &findings)
      if answer.isKept { outcomes[key] = outcome }
    }
    return outcomes
  }

  private func check(_ outcome: TortureOutcome, _ row: TortureLedger.Command?, _ findings: inout [String]) {
    let key = outcome.intent.key
    guard outcome.reply.isKept else {
      if row != nil { findings.append("\(key) was refused with \(outcome.reply.reason ?? "") and stands in the ledger") }
      return
    }
    guard let row else { return findings.append("\(key) was answered \(outcome.reply.status) and is not in wallet_command") }
    if row.status != outcome.reply.status { findings.append("\(key) was answered \(outcome.reply.status), the ledger says \(row.status)") }
    if row.body != outcome.reply.body { findings.append("\(key) was answered \(outcome.reply.body), the ledger says \(row.body)") }
    if row.player != outcome.intent.player { findings.append("\(key) was for player \(outcome.intent.player), not \(row.player ?? 0)") }
    if row.moved != outcome.effect { findings.append("\(key) moved \(row.moved), not \(outcome.effect)") }
    if !outcome.reply.isAccepted, row.postings > 0 { findings.append("\(key) was refused and has \(row.postings) postings") }
  }

  private func wasNeverAnswered(_ key: TortureOutcome.Key) -> Bool {
    allowsUnanswered && records.contains { $0.intent.brand == key.brand && $0.intent.key == key.key && $0.answers.isEmpty }
  }

  /// Commands that must be refused whatever happens.
  private func checkProbes(_ rows: [TortureOutcome.Key: TortureLedger.Command], _ findings: inout [String]) {
    for record in records where record.intent.isProbe {
      let intent = record.intent
      let expected = intent.kind == .mismatch ? ["idempotency_mismatch"] : ["cross_brand_rejected", "idempotency_brand_split"]
      for answer in record.answers where !expected.contains(answer.reason ?? "") {
        findings.append("\(intent.key) should be refused with \(expected[0]) and was answered \(answer.status) \(answer.body)")
      }
      if intent.kind == .crossed, rows[.init(brand: intent.brand, key: intent.key)] != nil {
        findings.append("\(intent.key) crossed into brand \(intent.brand)")
      }
    }
  }

  // MARK: Sums

  /// A bet is closed at most once, and only one that was taken; a tombstone and its bet exclude each other.
  private func checkBets(_ outcomes: [TortureOutcome.Key: TortureOutcome], _ findings: inout [String]) {
    struct Bet {
      var taken = 0
      var closed = 0
      var tombstones = 0
    }
    var bets: [TortureOutcome.Key: Bet] = [:]
    for outcome in outcomes.values where outcome.reply.isAccepted {
      switch outcome.intent.kind {
      case .bet(let reference): bets[.init(brand: outcome.intent.brand, key: reference), default: Bet()].taken += 1
      case .settle(let reference): bets[.init(brand: outcome.intent.brand, key: reference), default: Bet()].closed += 1
      case .rollback(let reference):
        if outcome.isTombstone {
          bets[.init(brand: outcome.intent.brand, key: reference), default: Bet()].tombstones += 1
        } else {
          bets[.init(brand: outcome.intent.brand, key: reference), default: Bet()].closed += 1
        }
      case .deposit, .withdrawRequest, .withdrawDecline, .mismatch, .crossed: continue
      }
    }
    for (key, bet) in bets where bet.taken > 1 || bet.closed > bet.taken || (bet.tombstones > 0 && bet.taken > 0) {
      findings.append("bet \(key.key): taken \(bet.taken), closed \(bet.closed), tombstones \(bet.tombstones)")
    }
  }

  private func checkSums(_ outcomes: [TortureOutcome.Key: TortureOutcome], _ findings: inout [String]) {
    struct Place: Hashable {
      let brand: Int64
      let name: String
    }
    var model: [Place: Int64] = [:]
    for outcome in outcomes.values {
      model[Place(brand: outcome.intent.brand, name: "player \(outcome.intent.player)"), default: 0] += outcome.effect
      if let account = outcome.account { model[Place(brand: outcome.intent.brand, name: account), default: 0] -= outcome.effect }
    }
    var held: [Place: Int64] = [:]
    for balance in ledger.balances { held[Place(brand: balance.brand, name: "player \(balance.player)")] = balance.amount }
    for account in ledger.accounts { held[Place(brand: account.brand, name: account.name)] = account.amount }
    for place in Set(model.keys).union(held.keys) where model[place, default: 0] != held[place, default: 0] {
      findings.append("\(place.name) of brand \(place.brand) holds \(held[place, default: 0]), the model says \(model[place, default: 0])")
    }
  }

  // MARK: Chains and events

  private static let zeroHash = String(repeating: "0", count: 64)

  /// Each brand's entries are numbered without a gap, each names the hash of the one before it and carries its own, and the head is the last.
  private func checkChains(_ findings: inout [String]) {
    let chains = Dictionary(grouping: ledger.entries, by: \.brand)
    for (brand, entries) in chains {
      var last = (seq: Int64(0), hash: Self.zeroHash)
      for entry in entries.sorted(by: { $0.seq < $1.seq }) {
        if entry.seq != last.seq + 1 { findings.append("chain of brand \(brand): entry \(entry.seq) comes after \(last.seq)") }
        if entry.previous != last.hash { findings.append("chain of brand \(brand): entry \(entry.seq) doesn't link to the one before it") }
        if !entry.isHashed { findings.append("chain of brand \(brand): entry \(entry.seq) isn't what its row_hash says") }
        last = (entry.seq, entry.hash)
      }
      let head = ledger.heads.first { $0.brand == brand }
      if head?.seq != last.seq || head?.hash != last.hash {
        findings.append("chain of brand \(brand): its head is \(head?.seq ?? -1), the last entry \(last.seq)")
      }
    }
    for head in ledger.heads where chains[head.brand] == nil && (head.seq != 0 || head.hash != Self.zeroHash) {
      findings.append("chain of brand \(head.brand): its head is \(head.seq), and it has no entries")
    }
    let commands = Set(ledger.commands.map { TortureOutcome.Key(brand: $0.brand, key: $0.key) })
    for entry in ledger.entries where !commands.contains(.init(brand: entry.brand, key: entry.key)) {
      findings.append("entry \(entry.seq) of brand \(entry.brand) is of \(entry.key), which the brand doesn't have")
    }
  }

  /// Each accepted command has one event, and nothing else has one.
  private func checkEvents(_ findings: inout [String]) {
    let events = Dictionary(grouping: ledger.events) { TortureOutcome.Key(brand: $0.brand, key: $0.key) }.mapValues(\.count)
    let accepted = Set(ledger.commands.filter { $0.status < 300 }.map { TortureOutcome.Key(brand: $0.brand, key: $0.key) })
    for key in accepted where events[key] != 1 { findings.append("\(key.key) was accepted and has \(events[key] ?? 0) events") }
    for key in events.keys where !accepted.contains(key) {
      findings.append("\(key.key) of brand \(key.brand) has an event and wasn't accepted")
    }
  }
}
