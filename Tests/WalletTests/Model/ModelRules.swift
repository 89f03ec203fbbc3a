@testable import Wallet

/// What one command does, by the model. Refusals are looked for in the order of the specification.
struct ModelRules {
  private static let amountMax: Int64 = 1_000_000_000_000_000

  private let command: ModelCommand
  private let books: ModelBooks
  private let topology: ModelTopology
  private let policy: ModelPolicy
  private let identity: ModelIdentity
  private let isSuspended: Bool
  private var held: [String: Int64]
  private var postings: [ModelPosting] = []

  /// - Throws: when there is nothing to decide upon.
  init(books: ModelBooks, command: ModelCommand, identity: ModelIdentity) throws(ModelRefusal) {
    guard let topology = books.topology else { throw .topologyMissing }
    guard let policy = books.policy else { throw .policyMissing }
    guard let isSuspended = books.isSuspended[command.player] else { throw .playerNotFound }
    self.command = command
    self.books = books
    self.topology = topology
    self.policy = policy
    self.identity = identity
    self.isSuspended = isSuspended
    self.held = books.balances[command.player] ?? [:]
  }

  consuming func outcome() throws(ModelRefusal) -> ModelOutcome {
    switch command.action {
    case .deposit(let amount): return try deposit(amount)
    case .depositRequest(let amount): return try depositRequest(amount)
    case .depositApprove(let id): return try depositDecided(id, approved: true)
    case .depositDecline(let id): return try depositDecided(id, approved: false)
    case .withdrawRequest(let amount): return try withdrawRequest(amount)
    case .withdrawApprove(let id): return try withdrawMoved(id, from: ["requested"], to: "approved")
    case .withdrawDecline(let id): return try withdrawMoved(id, from: ["requested", "approved"], to: "declined")
    case .withdrawPay(let id): return try withdrawMoved(id, from: ["approved"], to: "paid")
    case .authorize(let amount, let provider, let reference, let round):
      return try bet(amount, ModelBetName(provider: provider, reference: reference), round)
    case .settle(let amount, let provider, let reference): return try win(amount, ModelBetName(provider: provider, reference: reference))
    case .rollback(let provider, let reference): return try rollback(ModelBetName(provider: provider, reference: reference))
    case .adjust(let amount, let bucket): return try adjust(amount, bucket.name)
    case .bonusGrant(let amount, let requirement): return try bonusGrant(amount, requirement)
    case .bonusConvert(let id): return try bonusClosed(id, "converted")
    case .rollingComplete(let id): return try bonusClosed(id, "completed")
    case .bonusForfeit(let id): return try bonusClosed(id, "forfeited")
    case .rebate(let amount): return try reward(amount, "rebates")
    case .cashback(let amount): return try reward(amount, "cashbacks")
    case .lossback(let amount): return try reward(amount, "lossbacks")
    case .transfer(let amount, let from, let to): return try transfer(amount, from.name, to.name)
    }
  }

  // MARK: The cashier

  private mutating func deposit(_ amount: Int64) throws(ModelRefusal) -> ModelOutcome {
    try checkAmount(amount, from: 1)
    try checkLimits(amount)
    try give(amount, to: topology.depositBucket, by: "deposits")
    return begin("deposit", "approved", amount)
  }

  private func depositRequest(_ amount: Int64) throws(ModelRefusal) -> ModelOutcome {
    try checkActive()
    try checkAmount(amount, from: 1)
    try checkLimits(amount)
    return begin("deposit", "pending", amount)
  }

  private mutating func depositDecided(_ id: String, approved: Bool) throws(ModelRefusal) -> ModelOutcome {
    var deposit = try find(id, "deposit")
    guard deposit.state == "pending" else { throw .transactionClosed }
    deposit.state = approved ? "approved" : "declined"
    if approved { try give(deposit.amount, to: topology.depositBucket, by: "deposits") }
    return change(deposit)
  }

  private mutating func withdrawRequest(_ amount: Int64) throws(ModelRefusal) -> ModelOutcome {
    try checkActive()
    try checkAmount(amount, from: 1)
    try checkLimits(amount)
    let parts = try take(amount, from: topology.withdrawable, for: "withdrawals_held")
    return begin("withdraw", "requested", amount) { $0.parts = parts }
  }

  private mutating func withdrawMoved(_ id: String, from states: [String], to state: String) throws(ModelRefusal) -> ModelOutcome {
    var withdrawal = try find(id, "withdraw")
    guard states.contains(withdrawal.state) else { throw .transactionClosed }
    withdrawal.state = state
    if state == "declined" {
      for part in withdrawal.parts { try give(part.amount, to: part.bucket, by: "withdrawals_held") }
    }
    if state == "paid" {
      try post(nil, "withdrawals_held", -withdrawal.amount)
      try post(nil, "withdrawals", withdrawal.amount)
    }
    return change(withdrawal)
  }

  private mutating func adjust(_ amount: Int64, _ bucket: String) throws(ModelRefusal) -> ModelOutcome {
    guard amount != 0, amount >= -Self.amountMax, amount <= Self.amountMax else { throw .amountOutOfRange }
    guard topology.buckets.contains(bucket) else { throw .unknownBucket }
    try checkLimits(amount < 0 ? -amount : amount)
    guard amount > 0 || (held[bucket] ?? 0) + amount >= 0 else { throw .insufficientFunds }
    try give(amount, to: bucket, by: "house")
    return begin("adjust", "applied", amount)
  }

  // MARK: Bets

  private mutating func bet(_ amount: Int64, _ name: ModelBetName, _ round: String?) throws(ModelRefusal) -> ModelOutcome {
    try checkActive()
    try checkAmount(amount, from: 1)
    try checkLimits(amount)
    guard !books.tombstones.contains(name) else { throw .alreadyRolledBack }
    // One name for two bets: the provider's mistake, whatever became of the first.
    guard books.bets[name] == nil else { throw .transactionClosed }
    let parts = try take(amount, from: topology.betOrder, for: "provider:\(name.provider)")
    return begin("bet", "authorized", amount) {
      $0.provider = name.provider
      $0.reference = name.reference
      $0.round = round
      $0.parts = parts
    }
  }

  private mutating func win(_ amount: Int64, _ name: ModelBetName) throws(ModelRefusal) -> ModelOutcome {
    try checkAmount(amount, from: 0)
    try checkLimits(amount)
    guard var bet = ownBet(name) else { throw .transactionNotFound }
    guard bet.state != "rolled_back" else { throw .alreadyRolledBack }
    guard bet.state == "authorized" || policy.settlesMany else { throw .alreadySettled }
    bet.state = "settled"
    bet.settled += amount
    try give(amount, to: topology.winBucket, by: "provider:\(name.provider)")
    return change(bet)
  }

  private mutating func rollback(_ name: ModelBetName) throws(ModelRefusal) -> ModelOutcome {
    let agreement = policy.providers[name.provider] ?? ModelPolicy.Provider()
    guard books.bets[name] != nil else {
      return ModelOutcome(tombstone: name, refusal: agreement.refusesUnknownRollbacks ? .transactionNotFound : nil)
    }
    guard var bet = ownBet(name) else { throw .transactionNotFound }
    guard bet.state != "rolled_back" else { throw .alreadyRolledBack }
    if bet.state == "settled" {
      guard agreement.reversesSettledBets else { throw .alreadySettled }
      _ = try take(bet.settled, from: [topology.winBucket] + topology.betOrder, for: "provider:\(name.provider)")
    }
    bet.state = "rolled_back"
    for part in bet.parts { try give(part.amount, to: part.bucket, by: "provider:\(name.provider)") }
    return change(bet)
  }

  // MARK: Bonuses and rewards

  private mutating func bonusGrant(_ amount: Int64, _ requirement: Int64) throws(ModelRefusal) -> ModelOutcome {
    try checkActive()
    try checkAmount(amount, from: 1)
    guard requirement >= 0 else { throw .amountOutOfRange }
    guard let bucket = topology.bonusBucket else { throw .unknownBucket }
    try checkLimits(amount)
    try give(amount, to: bucket, by: "bonus")
    return begin("bonus", "granted", amount) { $0.requirement = requirement }
  }

  private mutating func bonusClosed(_ id: String, _ state: String) throws(ModelRefusal) -> ModelOutcome {
    guard let bucket = topology.bonusBucket else { throw .unknownBucket }
    var bonus = try find(id, "bonus")
    guard bonus.state == "granted" else { throw .transactionClosed }
    bonus.state = state
    bonus.settled = min(bonus.amount, held[bucket] ?? 0)
    try post(command.player, bucket, -bonus.settled)
    if state == "forfeited" {
      try post(nil, "bonus", bonus.settled)
    } else {
      try post(command.player, topology.conversionBucket ?? topology.winBucket, bonus.settled)
    }
    return change(bonus)
  }

  private mutating func reward(_ amount: Int64, _ account: String) throws(ModelRefusal) -> ModelOutcome {
    try checkAmount(amount, from: 1)
    try checkLimits(amount)
    try give(amount, to: topology.rewardBucket ?? topology.winBucket, by: account)
    return begin(command.action.name.rawValue, "applied", amount)
  }

  private mutating func transfer(_ amount: Int64, _ from: String, _ to: String) throws(ModelRefusal) -> ModelOutcome {
    try checkActive()
    try checkAmount(amount, from: 1)
    guard topology.buckets.contains(from), topology.buckets.contains(to), from != to else { throw .unknownBucket }
    guard policy.transfers.contains(ModelPolicy.Pair(from: from, to: to)) else { throw .transferNotAllowed }
    try checkLimits(amount)
    guard (held[from] ?? 0) >= amount else { throw .insufficientFunds }
    try post(command.player, from, -amount)
    try post(command.player, to, amount)
    return begin("transfer", "applied", amount) { $0.parts = [.init(bucket: from, amount: amount)] }
  }

  // MARK: What is checked

  private func checkActive() throws(ModelRefusal) {
    if isSuspended { throw .playerSuspended }
  }

  private func checkAmount(_ amount: Int64, from least: Int64) throws(ModelRefusal) {
    guard amount >= least, amount <= Self.amountMax else { throw .amountOutOfRange }
  }

  private func checkLimits(_ amount: Int64) throws(ModelRefusal) {
    if let bounds = policy.limits[command.action.name.rawValue], !bounds.contains(amount) { throw .limitExceeded }
  }

  private func find(_ id: String, _ kind: String) throws(ModelRefusal) -> ModelTransaction {
    guard let found = books.transactions[id], found.player == command.player, found.kind == kind else { throw .transactionNotFound }
    return found
  }

  private func ownBet(_ name: ModelBetName) -> ModelTransaction? {
    guard let id = books.bets[name], let bet = books.transactions[id], bet.player == command.player else { return nil }
    return bet
  }

  // MARK: What moves

  /// - Throws: where the player would hold more, in all, than an Int64 can say.
  private mutating func post(_ player: Int64?, _ account: String, _ amount: Int64) throws(ModelRefusal) {
    guard amount != 0 else { return }
    if player != nil {
      let room = Int64.max - held.values.reduce(0, +)
      guard amount <= room else { throw .amountOutOfRange }
      held[account, default: 0] += amount
    }
    postings.append(ModelPosting(player: player, account: account, amount: amount))
  }

  private mutating func give(_ amount: Int64, to bucket: String, by account: String) throws(ModelRefusal) {
    try post(nil, account, -amount)
    try post(command.player, bucket, amount)
  }

  private mutating func take(_ amount: Int64, from order: [String], for account: String) throws(ModelRefusal) -> [ModelTransaction.Part] {
    var missing = amount
    var parts: [ModelTransaction.Part] = []
    for bucket in order where missing > 0 {
      let part = min(missing, held[bucket] ?? 0)
      guard part > 0 else { continue }
      parts.append(.init(bucket: bucket, amount: part))
      try post(command.player, bucket, -part)
      missing -= part
    }
    guard missing == 0 else { throw .insufficientFunds }
    try post(nil, account, amount)
    return parts
  }

  // MARK: What becomes of the transaction

  private func begin(
    _ kind: String, _ state: String, _ amount: Int64, _ fill: (inout ModelTransaction) -> Void = { _ in }
  ) -> ModelOutcome {
    var transaction = ModelTransaction(identity: identity, player: command.player, kind: kind, state: state, amount: amount)
    fill(&transaction)
    return ModelOutcome(postings: postings, transaction: transaction, isNew: true)
  }

  private func change(_ transaction: ModelTransaction) -> ModelOutcome { ModelOutcome(postings: postings, transaction: transaction) }
}
