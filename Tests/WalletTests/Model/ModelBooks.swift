@testable import Wallet

/// A second opinion on the wallet, written from its specification in the plainest way: integers, dictionaries, one command after another.
/// It shares no code with the wallet but the type of what is asked (``WalletAction``).
struct ModelBooks: Sendable {
  struct Kept: Sendable {
    let command: ModelCommand
    let answer: ModelVerdict.Answer
    /// As the command left it.
    var transaction: ModelTransaction?
  }

  let currency: String
  var topology: ModelTopology?
  var policy: ModelPolicy?
  /// Whether each player is suspended; who isn't listed doesn't exist.
  var isSuspended: [Int64: Bool] = [:]
  var foreignPlayers: Set<Int64> = []
  var foreignKeys: Set<String> = []

  private(set) var balances: [Int64: [String: Int64]] = [:]
  private(set) var transactions: [String: ModelTransaction] = [:]
  private(set) var bets: [ModelBetName: String] = [:]
  private(set) var tombstones: Set<ModelBetName> = []
  private(set) var kept: [String: Kept] = [:]
  /// By key, of accepted commands.
  private(set) var postings: [String: [ModelPosting]] = [:]
  /// What the brand's own accounts hold together, modulo 2^64: with a rich player it is more than an Int64 says.
  private(set) var brandSide: Int64 = 0
  /// By the key of the command that began them.
  private(set) var begun: [String: String] = [:]

  init(currency: String) { self.currency = currency }

  /// Money that the player has from before the history.
  mutating func inherit(_ amount: Int64, player: Int64, bucket: String) {
    balances[player, default: [:]][bucket, default: 0] += amount
    brandSide &-= amount
  }

  /// The transaction that a command names, whosoever it is.
  func target(of command: ModelCommand) -> ModelTransaction? {
    switch command.action.target {
    case .transaction(let id): transactions[id]
    case .bet(let provider, let reference):
      bets[ModelBetName(provider: provider, reference: reference)].flatMap { transactions[$0] }
    case nil: nil
    }
  }

  /// - Parameter naming: what the answer calls the transaction that the command begins, if it does.
  mutating func execute(_ command: ModelCommand, naming identity: ModelIdentity) -> ModelVerdict {
    if let earlier = kept[command.key] {
      guard earlier.command == command else { return ModelVerdict(answer: .refused(.idempotencyMismatch), isReplay: false) }
      return ModelVerdict(answer: earlier.answer, isReplay: true)
    }
    do throws(ModelRefusal) {
      try checkCall(command)
      let outcome = try ModelRules(books: self, command: command, identity: identity).outcome()
      enter(outcome, command)
      if let refusal = outcome.refusal { return refused(command, refusal) }
      postings[command.key] = outcome.postings
      let answer = ModelVerdict.Answer.accepted(status: outcome.isNew ? 201 : 200, body: body(outcome, command))
      kept[command.key] = Kept(command: command, answer: answer, transaction: outcome.transaction)
      return ModelVerdict(answer: answer, isReplay: false)
    } catch {
      return refused(command, error)
    }
  }

  private mutating func refused(_ command: ModelCommand, _ refusal: ModelRefusal) -> ModelVerdict {
    if refusal.isKept { kept[command.key] = Kept(command: command, answer: .refused(refusal)) }
    return ModelVerdict(answer: .refused(refusal), isReplay: false)
  }

  /// What is looked at before the rules.
  private func checkCall(_ command: ModelCommand) throws(ModelRefusal) {
    if foreignPlayers.contains(command.player) { throw .rowOfAnotherBrand }
    if foreignKeys.contains(command.key) { throw .keyOfAnotherBrand }
    guard topology != nil else { throw .topologyMissing }
    guard policy != nil else { throw .policyMissing }
    if let asked = command.currency, asked != currency { throw .currencyMismatch }
  }

  private mutating func enter(_ outcome: ModelOutcome, _ command: ModelCommand) {
    for posting in outcome.postings {
      if let player = posting.player {
        balances[player, default: [:]][posting.account, default: 0] += posting.amount
      } else {
        brandSide &+= posting.amount
      }
    }
    if let transaction = outcome.transaction {
      transactions[transaction.identity.id] = transaction
      if outcome.isNew { begun[command.key] = transaction.identity.id }
      if outcome.isNew, transaction.kind == "bet", let provider = transaction.provider, let reference = transaction.reference {
        bets[ModelBetName(provider: provider, reference: reference)] = transaction.identity.id
      }
    }
    if let tombstone = outcome.tombstone { tombstones.insert(tombstone) }
  }

  /// The members in the order of their names; the topology's buckets in its order, then what is left in buckets that only older ones had.
  private func body(_ outcome: ModelOutcome, _ command: ModelCommand) -> String {
    let held = balances[command.player] ?? [:]
    let known = topology?.buckets ?? []
    let older = held.filter { !known.contains($0.key) && $0.value != 0 }.keys.sorted()
    let lines = (known + older).map { bucket in
      "{\"amount\":\(held[bucket] ?? 0),\"bucket\":\"\(bucket)\",\"withdrawable\":\(topology?.withdrawable.contains(bucket) == true)}"
    }
    var text = "{\"balances\":[\(lines.joined(separator: ","))],\"command\":\"\(command.action.name.rawValue)\""
    text += ",\"currency\":\"\(currency)\",\"tombstone\":\(outcome.tombstone != nil)"
    if let transaction = outcome.transaction { text += ",\"transaction\":" + transaction.json(currency: currency) }
    return text + "}"
  }
}
