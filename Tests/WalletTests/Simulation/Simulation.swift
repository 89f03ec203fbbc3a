import Crypto
import Evidence
import Kernel

@testable import Wallet

/// One seeded history, played through the wallet's core and the model side by side.
struct Simulation {
  enum Fate: Sendable {
    case answered
    case someAnswersLost
    case crashedBeforeCommit
    case crashedAfterCommit
  }

  private let seed: UInt64
  private(set) var coverage = SimulationCoverage()
  private(set) var step = 0
  private var wallet: SimulatedWallet
  private var model = ModelBooks(currency: "EUR")
  private var clients: SimulatedClients
  private var referee = SimulationReferee()
  private var trace = SHA256()
  private var moment = Timestamp(seconds: 1_764_028_800)
  private var crashed: Set<String> = []
  private var lost: Set<String> = []

  init(seed: UInt64, fault: SimulationFault? = nil) throws {
    self.seed = seed
    wallet = try SimulatedWallet(fault: fault)
    clients = SimulatedClients(random: SeededGenerator(seed: seed))
    try prepare()
  }

  /// Plays to the end. - Returns: the SHA-256 of all answers and of the chain's head after each batch.
  ///
  /// - Throws: the first difference.
  mutating func run(steps: Int) throws -> String {
    while step < steps {
      try changeWorld()
      let size = min(steps - step, [clients.roll(4), clients.roll(12), clients.roll(40)][min(2, clients.roll(9) / 4)] + 1)
      try play(clients.send(size, events: &coverage))
      step += size
    }
    try referee.checkEverything(model, wallet.database)
    return Hexadecimal.encode(trace.finalize())
  }

  // MARK: The world

  private mutating func prepare() throws {
    for player in SimulatedClients.players {
      model.isSuspended[player] = false
      wallet.database.players[try Self.id(player)] = .active
    }
    model.foreignPlayers = [SimulatedClients.foreignPlayer]
    wallet.database.foreignPlayers = [try Self.id(SimulatedClients.foreignPlayer): 2]
    model.foreignKeys = SimulatedClients.foreignKeys
    for key in SimulatedClients.foreignKeys { wallet.database.foreignKeys[key] = 2 }
    if clients.roll(4) == 0 { try enrich(Int64(clients.roll(SimulatedClients.players.count)) + 1) }
    if clients.roll(10) > 0 { try activateTopology(0) }
    if clients.roll(10) > 0 { try activatePolicy(0) }
  }

  /// A player who has nearly all that an Int64 can say: credits go over it sooner or later.
  private mutating func enrich(_ player: Int64) throws {
    let amount = Int64.max - Int64(clients.roll(4_000))
    model.inherit(amount, player: player, bucket: "cash")
    wallet.database.inherit(amount, player: try Self.id(player), bucket: "cash")
  }

  private mutating func changeWorld() throws {
    moment = Timestamp(microseconds: moment.microseconds + Int64(clients.roll(900_000)) + 1)
    if clients.roll(model.topology == nil ? 4 : 25) == 0 {
      try activateTopology(clients.roll(SimulatedDocuments.topologies.count))
      coverage.note(.topologyActivated)
    }
    if clients.roll(model.policy == nil ? 4 : 20) == 0 {
      try activatePolicy(clients.roll(SimulatedDocuments.policies.count))
      coverage.note(.policyActivated)
    }
    if clients.roll(15) == 0 { try suspend(Int64(clients.roll(SimulatedClients.players.count)) + 1) }
  }

  private mutating func suspend(_ player: Int64) throws {
    let isSuspended = model.isSuspended[player] == false && clients.roll(2) == 0
    model.isSuspended[player] = isSuspended
    wallet.database.players[try Self.id(player)] = isSuspended ? .suspended : .active
  }

  private mutating func activateTopology(_ index: Int) throws {
    model.topology = SimulatedDocuments.topologies[index]
    wallet.database.topology = try SimulatedDocuments.parsedTopologies.get()[index]
  }

  private mutating func activatePolicy(_ index: Int) throws {
    model.policy = SimulatedDocuments.policies[index]
    wallet.database.policy = try SimulatedDocuments.parsedPolicies.get()[index]
  }

  private static func id(_ player: Int64) throws -> PlayerID {
    guard let id = PlayerID(player) else { throw SimulationFinding("the player") }
    return id
  }

  // MARK: A batch

  private mutating func play(_ commands: [ModelCommand]) throws {
    let fate = chooseFate()
    let identifiers = UUIDv7Sequence(at: moment, random: (clients.random.next(), clients.random.next()))
    let decided = try wallet.decide(commands, at: moment, identifiers: identifiers)
    guard fate != .crashedBeforeCommit else { return try crash(commands, decided) }
    if !(fate == .answered && wallet.fault?.losesCommits == true && clients.roll(4) == 0) { try wallet.commit(decided) }
    if wallet.fault?.commitsTwice == true, clients.roll(4) == 0 { try wallet.commit(decided) }
    note(decided, fate)
    try judge(commands, decided, fate)
    trace.update(data: wallet.database.head.hash.bytes)
  }

  private mutating func chooseFate() -> Fate {
    switch clients.roll(20) {
    case 0, 1: .crashedBeforeCommit
    case 2: .crashedAfterCommit
    case 3, 4: .someAnswersLost
    default: .answered
    }
  }

  private mutating func crash(_ commands: [ModelCommand], _ decided: SimulatedWallet.Decided) throws {
    coverage.note(.crashBeforeCommit)
    if wallet.fault?.commitsAfterCrash == true { try wallet.commit(decided) }
    for command in commands {
      clients.hearNothing(command)
      crashed.insert(command.key)
    }
  }

  private mutating func note(_ decided: SimulatedWallet.Decided, _ fate: Fate) {
    if fate == .crashedAfterCommit { coverage.note(.crashAfterCommit) }
    if decided.waves > 1 { coverage.note(.waves) }
    if decided.hasInsertAndChange { coverage.note(.insertAndChange) }
  }

  private mutating func judge(_ commands: [ModelCommand], _ decided: SimulatedWallet.Decided, _ fate: Fate) throws {
    guard commands.count == decided.outcomes.count else {
      throw SimulationFinding("\(decided.outcomes.count) outcomes of \(commands.count)")
    }
    let createdAt = moment.description
    var accepted: [ModelCommand] = []
    for (command, outcome) in zip(commands, decided.outcomes) {
      let told = SimulatedAnswer(outcome)
      let identity = ModelIdentity(id: told.transactionID, createdAt: createdAt)
      let was = model.target(of: command)
      let verdict = model.execute(command, naming: identity)
      try referee.compare(told, verdict, command)
      coverage.note(command, verdict, was: was, after: model)
      if case .accepted = verdict.answer, !verdict.isReplay { accepted.append(command) }
      hear(command, verdict, told, fate)
      trace.update(data: told.bytes)
    }
    try referee.checkBatch(accepted, players: Set(commands.map(\.player)), at: createdAt, model, wallet.database)
  }

  private mutating func hear(_ command: ModelCommand, _ verdict: ModelVerdict, _ told: SimulatedAnswer, _ fate: Fate) {
    if crashed.remove(command.key) != nil { coverage.note(.retryAfterCrash) }
    if verdict.isReplay, lost.remove(command.key) != nil { coverage.note(.retryAfterLoss) }
    let isLost = fate == .crashedAfterCommit || (fate == .someAnswersLost && clients.roll(2) == 0)
    guard isLost else { return clients.hear(command, verdict, began: told.transactionID) }
    clients.hearNothing(command)
    lost.insert(command.key)
  }
}
