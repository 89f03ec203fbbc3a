internal import Evidence
internal import Kernel
internal import Platform

/// The rows that a batch writes, column by column, as the set-based statements take them. Pure.
///
/// Always: the entries of each command sum to zero, and continue the chain from the head that was read under its lock.
struct WalletBatchPlan: Sendable {
  struct Commands: Sendable {
    var keys: [String] = []
    var names: [String] = []
    var fingerprints: [[UInt8]] = []
    var statuses: [Int32] = []
    var bodies: [[UInt8]] = []
    var players: [PlayerID] = []
  }

  struct NewTransactions: Sendable {
    var ids: [UUIDv7] = []
    var kinds: [String] = []
    var states: [String] = []
    var players: [PlayerID] = []
    var amounts: [Int64] = []
    var providers: [String?] = []
    var references: [String?] = []
    var rounds: [String?] = []
    var requirements: [Int64?] = []
    var hosts: [String?] = []
    var reasons: [String?] = []
    var keys: [String] = []
    /// Array literals: a row's own array can't be an element of an array of them.
    var partBuckets: [String] = []
    var partAmounts: [String] = []
  }

  struct Changes: Sendable {
    var ids: [UUIDv7] = []
    var states: [String] = []
    var settled: [Int64] = []
    var reasons: [String?] = []
  }

  struct Tombstones: Sendable {
    var providers: [String] = []
    var references: [String] = []
    var keys: [String] = []
  }

  struct Entries: Sendable {
    var sequence: [Int64] = []
    var previous: [[UInt8]] = []
    var hashes: [[UInt8]] = []
    var keys: [String] = []
    var names: [String] = []
    var transactions: [UUIDv7?] = []
    var players: [PlayerID?] = []
    var accounts: [String] = []
    var amounts: [Int64] = []
    var balances: [Int64?] = []
  }

  struct Events: Sendable {
    var ids: [UUIDv7] = []
    var types: [String] = []
    var payloads: [String] = []
  }

  struct Bucketed: Hashable, Sendable {
    let player: PlayerID
    let bucket: Bucket
  }

  let brand: Brand
  let moment: Timestamp
  private(set) var head: LedgerHead
  private(set) var commands = Commands()
  private(set) var opened = NewTransactions()
  /// The changes of a transaction that changes several times are in successive waves, since each must be a step that the tables allow.
  private(set) var waves: [Changes] = []
  private(set) var tombstones = Tombstones()
  private(set) var accounts: Set<String> = []
  private(set) var entries = Entries()
  private(set) var balances: [Bucketed: Int64] = [:]
  private(set) var events = Events()
  private var wavesOf: [UUIDv7: Int] = [:]
  private let held: [PlayerID: [Bucket: Int64]]

  /// - Parameter held: the balances that there are rows of.
  init(brand: Brand, head: LedgerHead, held: [PlayerID: [Bucket: Int64]], at moment: Timestamp) {
    self.brand = brand
    self.head = head
    self.held = held
    self.moment = moment
  }

  /// Whether the bucket has a row already, so that its balance is changed and not entered.
  func isHeld(_ bucketed: Bucketed) -> Bool { held[bucketed.player]?[bucketed.bucket] != nil }

  /// True when every command was answered from what is stored, or refused without being kept.
  var isEmpty: Bool { commands.keys.isEmpty }

  mutating func keep(_ answer: WalletAnswer, for request: WalletRequest) {
    commands.keys.append(request.key)
    commands.names.append(request.action.name.rawValue)
    commands.fingerprints.append(request.fingerprint)
    commands.statuses.append(Int32(clamping: answer.status))
    commands.bodies.append(answer.body)
    commands.players.append(request.player)
  }

  /// - Parameters:
  ///   - opening: the identifier of the transaction that the command begins, if it begins one.
  ///   - event: the identifier of its event.
  mutating func add(_ decision: WalletDecision, of request: WalletRequest, opening id: UUIDv7, event: UUIDv7) throws {
    let transaction = try add(decision.change, of: request, opening: id)
    enter(decision.postings, request, transaction)
    let written = WalletCommandEvent(decision, of: request, id: event, at: moment)
    events.ids.append(event)
    events.types.append(written.type)
    events.payloads.append(written.payload)
  }

  /// - Returns: the transaction that the command is about, if there is one.
  mutating func add(
    _ change: WalletDecision.TransactionChange, of request: WalletRequest, opening id: UUIDv7
  ) throws -> UUIDv7? {
    switch change {
    case .insert(let new):
      open(new, request, id)
      return id
    case .update(let changed):
      guard let known = UUIDv7(text: changed.id) else { throw Problem(.internalError, detail: "a transaction has no usable id") }
      step(known, changed, request)
      return known
    case .tombstone(let provider, let reference):
      tombstones.providers.append(provider)
      tombstones.references.append(reference)
      tombstones.keys.append(request.key)
      return nil
    }
  }

  private mutating func open(_ new: WalletTransaction, _ request: WalletRequest, _ id: UUIDv7) {
    opened.ids.append(id)
    opened.kinds.append(new.kind.rawValue)
    opened.states.append(new.state.rawValue)
    opened.players.append(request.player)
    opened.amounts.append(new.amount)
    opened.providers.append(new.provider)
    opened.references.append(new.reference)
    opened.rounds.append(new.round)
    opened.requirements.append(new.requirement)
    opened.hosts.append(request.originHost)
    opened.reasons.append(request.reason)
    opened.keys.append(request.key)
    opened.partBuckets.append("{" + new.parts.map(\.bucket).joined(separator: ",") + "}")
    opened.partAmounts.append("{" + new.parts.map { String($0.amount) }.joined(separator: ",") + "}")
  }

  private mutating func step(_ id: UUIDv7, _ changed: WalletTransaction, _ request: WalletRequest) {
    let wave = wavesOf[id, default: 0]
    wavesOf[id] = wave + 1
    if wave == waves.count { waves.append(Changes()) }
    waves[wave].ids.append(id)
    waves[wave].states.append(changed.state.rawValue)
    waves[wave].settled.append(changed.settledAmount)
    waves[wave].reasons.append(request.reason)
  }

  private mutating func enter(_ postings: [Posting], _ request: WalletRequest, _ transaction: UUIDv7?) {
    let name = request.action.name.rawValue
    for posting in postings {
      let player = posting.account.bucket == nil ? nil : request.player
      let account = posting.account.name
      let entry = LedgerEntry(
        brand: brand.id.rawValue, seq: head.seq + 1, previous: head.hash, requestID: request.key, command: name, transaction: transaction,
        player: player?.rawValue, account: account, currency: brand.currency.code, amount: posting.amount,
        balanceAfter: posting.balanceAfter, createdAt: moment)
      let hash = entry.hash
      entries.sequence.append(entry.seq)
      entries.previous.append(entry.previous.bytes)
      entries.hashes.append(hash.bytes)
      entries.keys.append(request.key)
      entries.names.append(name)
      entries.transactions.append(transaction)
      entries.players.append(player)
      entries.accounts.append(account)
      entries.amounts.append(posting.amount)
      entries.balances.append(posting.balanceAfter)
      head = LedgerHead(seq: entry.seq, hash: hash)
      if let bucket = posting.account.bucket, let after = posting.balanceAfter {
        balances[Bucketed(player: request.player, bucket: bucket)] = after
      } else {
        accounts.insert(account)
      }
    }
  }
}
