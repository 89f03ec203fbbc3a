import Evidence
import Kernel

@testable import Wallet

/// Holds what the wallet told and wrote against the model.
struct SimulationReferee {
  private var eventsSeen = 0
  /// By key, of commands whose answer is kept.
  private(set) var firstBodies: [String: [UInt8]] = [:]

  // MARK: Answers

  /// - Parameter replayIsKnown: false when somebody else may have had the command before.
  mutating func compare(
    _ told: SimulatedAnswer, _ verdict: ModelVerdict, _ command: ModelCommand, replayIsKnown: Bool = true
  ) throws {
    switch verdict.answer {
    case .accepted(let status, let body):
      guard told.status == status, told.body == body else { throw Self.difference(command, told, "\(status) \(body)") }
    case .refused(let refusal):
      guard told.status == refusal.status, Self.says(told, refusal) else { throw Self.difference(command, told, refusal.rawValue) }
    }
    guard !replayIsKnown || told.isReplay == verdict.isReplay else { throw Self.difference(command, told, "isReplay \(verdict.isReplay)") }
    guard told.problem == nil else { return }
    guard let first = firstBodies[command.key] else { return firstBodies[command.key] = told.bytes }
    guard first == told.bytes else { throw Self.difference(command, told, String(decoding: first, as: UTF8.self)) }
  }

  private static func says(_ told: SimulatedAnswer, _ refusal: ModelRefusal) -> Bool {
    guard refusal.isKept else { return told.problem == refusal.rawValue }
    return told.problem == nil && told.body.contains("\"reason\":\"\(refusal.rawValue)\"")
  }

  private static func difference(_ command: ModelCommand, _ told: SimulatedAnswer, _ expected: String) -> SimulationFinding {
    SimulationFinding(
      "\(command) was told \(told.status)\(told.isReplay ? ", again," : "") \(told.body), but by the model \(expected)")
  }

  // MARK: After a batch

  /// - Parameter accepted: in their order, without replays.
  mutating func checkBatch(
    _ accepted: [ModelCommand], players: Set<Int64>, at moment: String, _ model: ModelBooks, _ database: SimulatedDatabase
  ) throws {
    for player in players { try checkBalances(of: player, model, database) }
    let events = database.events[eventsSeen...]
    guard events.count == accepted.count else {
      throw SimulationFinding("\(events.count) events of \(accepted.count) accepted commands")
    }
    for (command, event) in zip(accepted, events) {
      try check(command, event, at: moment, model, database)
    }
    eventsSeen += events.count
    let counts = [database.commands.count, database.transactions.count, database.tombstones.count]
    let expected = [model.kept.count, model.transactions.count, model.tombstones.count]
    guard counts == expected else { throw SimulationFinding("commands, transactions, tombstones are \(counts), by the model \(expected)") }
  }

  private func checkBalances(of player: Int64, _ model: ModelBooks, _ database: SimulatedDatabase) throws {
    let held = PlayerID(player).flatMap { database.balances[$0] } ?? [:]
    let expected = model.balances[player] ?? [:]
    guard held != expected else { return }
    guard held.filter({ $0.value != 0 }) == expected.filter({ $0.value != 0 }) else {
      throw SimulationFinding("player \(player) has \(held), by the model \(expected)")
    }
  }

  private func check(
    _ command: ModelCommand, _ event: SimulatedRows.Event, at moment: String, _ model: ModelBooks, _ database: SimulatedDatabase
  ) throws {
    let entries = database.entries[command.key] ?? []
    let postings = model.postings[command.key] ?? []
    guard Self.net(entries) == Self.net(postings) else {
      throw SimulationFinding("\(command) entered \(Self.net(entries)), by the model \(Self.net(postings))")
    }
    let transaction = model.kept[command.key]?.transaction?.json(currency: model.currency)
    guard event.payload == Self.payload(command, event, entries, transaction, at: moment) else {
      throw SimulationFinding("\(command) has the event \(event.payload)")
    }
  }

  // MARK: At the end

  func checkEverything(_ model: ModelBooks, _ database: SimulatedDatabase) throws {
    for (id, expected) in model.transactions {
      guard let held = database.transactions[id], held.player.rawValue == expected.player,
        Self.describe(held.transaction) == Self.describe(expected)
      else { throw SimulationFinding("transaction \(database.transactions[id] as Any), by the model \(expected)") }
    }
    let buried = database.tombstones.map { ModelBetName(provider: $0.provider, reference: $0.reference) }
    guard Set(buried) == model.tombstones else { throw SimulationFinding("tombstones \(buried), by the model \(model.tombstones)") }
    for (key, body) in firstBodies {
      guard database.commands[key]?.body == body else {
        throw SimulationFinding("the stored answer of \(key) isn't the one that was given")
      }
    }
    for player in model.balances.keys { try checkBalances(of: player, model, database) }
    // Rich players' balances together are more than an Int64; what they sum to is zero all the same.
    let players = model.balances.values.reduce(0) { $1.values.reduce($0, &+) }
    guard players &+ model.brandSide == 0 else { throw SimulationFinding("the model's books don't balance") }
  }

  private static func describe(_ held: WalletTransaction) -> String {
    let parts = held.kind == .adjust ? "" : held.parts.map { "\($0.bucket) \($0.amount)" }.joined(separator: ", ")
    return "\(held.kind.rawValue) \(held.state.rawValue) \(held.amount) \(held.settledAmount) \(held.provider ?? "-") "
      + "\(held.reference ?? "-") \(held.round ?? "-") \(held.requirement ?? -1) \(parts)"
  }

  private static func describe(_ held: ModelTransaction) -> String {
    let parts = held.kind == "adjust" ? "" : held.parts.map { "\($0.bucket) \($0.amount)" }.joined(separator: ", ")
    return "\(held.kind) \(held.state) \(held.amount) \(held.settled) \(held.provider ?? "-") \(held.reference ?? "-") "
      + "\(held.round ?? "-") \(held.requirement ?? -1) \(parts)"
  }

  // MARK: Forms that can be compared

  /// What each account gains in all.
  private static func net(_ postings: [ModelPosting]) -> [String: Int64] {
    postings.reduce(into: [:]) { $0["\($1.player ?? 0) \($1.account)", default: 0] += $1.amount }.filter { $0.value != 0 }
  }

  private static func net(_ entries: [LedgerEntry]) -> [String: Int64] {
    entries.reduce(into: [:]) { $0["\($1.player ?? 0) \($1.account)", default: 0] += $1.amount }.filter { $0.value != 0 }
  }

  /// `docs/formats/events/wallet-command.md`; the postings are what the ledger has.
  private static func payload(
    _ command: ModelCommand, _ event: SimulatedRows.Event, _ entries: [LedgerEntry], _ transaction: String?, at moment: String
  ) -> String {
    let lines = entries.map { entry in
      let after = entry.balanceAfter.map { ",\"balance_after\":\($0)" } ?? ""
      return "{\"account\":\"\(entry.account)\",\"amount\":\(entry.amount)\(after)}"
    }
    var text = "{\"brand_code\":\"default\",\"brand_id\":1,\"currency\":\"EUR\",\"event_id\":\"\(event.id)\","
    text += "\"event_type\":\"wallet.\(command.action.name.rawValue)\",\"occurred_at\":\"\(moment)\",\"player_id\":\(command.player),"
    text += "\"postings\":[\(lines.joined(separator: ","))],\"request_id\":\"\(command.key)\""
    if let transaction { text += ",\"transaction\":" + transaction }
    return text + ",\"version\":1}"
  }
}
