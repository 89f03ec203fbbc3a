internal import Evidence
internal import Kernel
internal import Platform

/// The books of a brand while a batch is decided: each command sees what those before it did. Pure: values in, a result out.
struct WalletBatchBooks {
  private let brand: Brand
  private let enforcement: EnforcementPolicy
  private let moment: Timestamp
  private var reading: WalletBatchReading
  private var identifiers: UUIDv7Sequence
  private var plan: WalletBatchPlan
  private var outcomes: [WalletOutcome] = []
  private var sightings: [WalletSighting] = []

  /// - Parameters:
  ///   - enforcement: whether commands that meet another brand's row are refused (`enforce`) or go on in their own brand (`observe`).
  ///   - moment: when the batch is decided; identifiers are made outside the rules too.
  init(brand: Brand, reading: WalletBatchReading, enforcement: EnforcementPolicy, at moment: Timestamp, identifiers: UUIDv7Sequence) {
    self.brand = brand
    self.enforcement = enforcement
    self.moment = moment
    self.reading = reading
    self.identifiers = identifiers
    self.plan = WalletBatchPlan(brand: brand, head: reading.head, held: reading.balances, at: moment)
  }

  var result: WalletBatchResult { WalletBatchResult(plan: plan, outcomes: outcomes, sightings: sightings) }

  mutating func execute(_ request: WalletRequest) { outcomes.append(Result { try decided(request) }) }

  private mutating func decided(_ request: WalletRequest) throws -> WalletAnswer {
    if let stored = reading.stored[request.key] {
      guard stored.fingerprint == request.fingerprint else { throw Problem(.idempotencyMismatch) }
      return WalletAnswer(status: stored.answer.status, body: stored.answer.body, isReplay: true)
    }
    if let refusal = foreignRefusal(request) { throw refusal }
    guard let topology = reading.topology else { throw Problem(.topologyMissing) }
    guard let policy = reading.policy else { throw Problem(.policyMissing) }
    if let currency = request.currency, currency != brand.currency.code {
      throw Problem(.currencyMismatch, detail: "the brand's wallets are in \(brand.currency)")
    }
    let id = identifiers.next()
    let origin = WalletOrigin(id: id.description, at: moment)
    switch WalletRules(topology: topology, policy: policy).decide(request.action, on: snapshot(for: request), origin: origin) {
    case .success(let decision):
      if let refusal = decision.refusal { return try refuse(refusal, keeping: decision.change, request, id) }
      return try accept(decision, request, id, topology)
    case .failure(.playerNotFound): throw Problem(.playerNotFound)
    case .failure(let refusal): return try keep(WalletAnswers.refused(refusal, for: request), for: request)
    }
  }

  private mutating func foreignRefusal(_ request: WalletRequest) -> Problem? {
    let mode = enforcement.mode(of: request.caller, at: moment)
    var refusal: Problem?
    if let other = reading.splits[request.key] {
      sightings.append(WalletSighting(command: outcomes.count, kind: .key, brand: other, mode: mode))
      refusal = Problem(.idempotencyBrandSplit)
    }
    var row = reading.foreign[WalletQuestion(kind: "player", key: request.player.description)]
    if row == nil, case .transaction(let id) = request.action.target {
      row = reading.foreign[WalletQuestion(kind: "wallet_transaction", key: id)]
    }
    if let row {
      sightings.append(WalletSighting(command: outcomes.count, kind: .row, brand: row, mode: mode))
      refusal = Problem(.crossBrandRejected)
    }
    return mode.rejects ? refusal : nil
  }

  // MARK: What the rules may know

  private func snapshot(for request: WalletRequest) -> WalletSnapshot {
    let held = held(by: request.action.target)
    let isOwn = held?.player == request.player
    return WalletSnapshot(
      player: reading.players[request.player] ?? .absent, balances: reading.balances[request.player] ?? [:],
      target: isOwn ? held?.transaction : nil, belongsToAnother: held != nil && !isOwn, rolledBackBefore: isBuried(request.action.target))
  }

  private func held(by target: WalletTarget?) -> WalletBatchReading.Held? {
    switch target {
    case nil: nil
    case .transaction(let id): reading.transactions[id]
    case .bet(let provider, let reference):
      reading.bets[WalletBetName(provider: provider, reference: reference)].flatMap { reading.transactions[$0] }
    }
  }

  private func isBuried(_ target: WalletTarget?) -> Bool {
    guard case .bet(let provider, let reference) = target else { return false }
    return reading.tombstones.contains(WalletBetName(provider: provider, reference: reference))
  }

  // MARK: Effects

  private mutating func accept(
    _ decision: WalletDecision, _ request: WalletRequest, _ id: UUIDv7, _ topology: WalletTopology
  ) throws -> WalletAnswer {
    let answer = WalletAnswers.accepted(decision, for: request, topology: topology)
    reading.balances[request.player] = decision.balances
    enter(decision.change, of: request.player)
    try plan.add(decision, of: request, opening: id, event: identifiers.next())
    return keep(answer, for: request)
  }

  /// A refusal that has an effect: no entries, no event.
  private mutating func refuse(
    _ refusal: WalletRefusal, keeping change: WalletDecision.TransactionChange, _ request: WalletRequest, _ id: UUIDv7
  ) throws -> WalletAnswer {
    let answer = try WalletAnswers.refused(refusal, for: request)
    enter(change, of: request.player)
    _ = try plan.add(change, of: request, opening: id)
    return keep(answer, for: request)
  }

  private mutating func enter(_ change: WalletDecision.TransactionChange, of player: PlayerID) {
    switch change {
    case .insert(let new):
      reading.transactions[new.id] = .init(transaction: new, player: player)
      if let provider = new.provider, let reference = new.reference {
        reading.bets[WalletBetName(provider: provider, reference: reference)] = new.id
      }
    case .update(let changed):
      reading.transactions[changed.id]?.transaction = changed
    case .tombstone(let provider, let reference):
      reading.tombstones.insert(WalletBetName(provider: provider, reference: reference))
    }
  }

  /// The answer of its key from now on: a copy of the request that is still under way gets the same.
  private mutating func keep(_ answer: WalletAnswer, for request: WalletRequest) -> WalletAnswer {
    plan.keep(answer, for: request)
    reading.stored[request.key] = .init(fingerprint: request.fingerprint, answer: answer)
    return answer
  }
}
