import Evidence
import Kernel

@testable import Wallet

/// The wallet's tables of one brand, in memory: what is read under the lock, and the rows of a plan entered as the statements, constraints
/// and triggers of `db/schema.sql` would.
struct SimulatedDatabase {

  private(set) var head = LedgerHead.empty
  private(set) var commands: [String: SimulatedRows.Command] = [:]
  private(set) var transactions: [String: WalletBatchReading.Held] = [:]
  private(set) var bets: [WalletBetName: String] = [:]
  private(set) var tombstones: Set<WalletBetName> = []
  private(set) var balances: [PlayerID: [String: Int64]] = [:]
  private(set) var accounts: Set<String> = []
  /// By key.
  private(set) var entries: [String: [LedgerEntry]] = [:]
  private(set) var events: [SimulatedRows.Event] = []
  private var eventIDs: Set<String> = []
  var players: [PlayerID: WalletSnapshot.PlayerStanding] = [:]
  var topology: WalletTopology?
  var policy: WalletPolicy?
  var foreignPlayers: [PlayerID: Int64] = [:]
  var foreignKeys: [String: Int64] = [:]

  /// Money that the player has from before the history.
  mutating func inherit(_ amount: Int64, player: PlayerID, bucket: String) { balances[player, default: [:]][bucket] = amount }

  // MARK: Reading

  func read(_ requests: [WalletRequest]) -> WalletBatchReading {
    let keys = WalletBatchKeys(requests)
    var reading = WalletBatchReading(head: head)
    for key in keys.keys {
      if let row = commands[key] {
        reading.stored[key] = .init(fingerprint: row.fingerprint, answer: WalletAnswer(status: row.status, body: row.body, isReplay: true))
      } else {
        reading.splits[key] = foreignKeys[key]
      }
    }
    for player in keys.players {
      reading.players[player] = players[player]
      for (name, balance) in balances[player] ?? [:] {
        if let bucket = Bucket(name) { reading.balances[player, default: [:]][bucket] = balance }
      }
    }
    for id in keys.transactions { reading.transactions[id.description] = transactions[id.description] }
    for name in keys.bets {
      if let id = bets[name] {
        reading.bets[name] = id
        reading.transactions[id] = transactions[id]
      }
      if tombstones.contains(name) { reading.tombstones.insert(name) }
    }
    reading.topology = topology
    reading.policy = policy
    for question in reading.questions(of: requests) where question.kind == "player" {
      let player = Int64(question.key).flatMap { PlayerID($0) }
      reading.foreign[question] = player.flatMap { foreignPlayers[$0] }
    }
    return reading
  }

  // MARK: Writing

  /// - Throws: what the database would refuse.
  mutating func write(_ rows: SimulatedRows) throws {
    for row in rows.commands { try enter(row) }
    for row in rows.opened { try enter(row) }
    for wave in rows.waves { try change(wave) }
    tombstones.formUnion(rows.tombstones)
    accounts.formUnion(rows.accounts)
    try checkSums(rows.entries)
    for row in rows.entries { try enter(row) }
    for row in rows.balances { try enter(row) }
    for row in rows.events { try enter(row) }
  }

  private mutating func enter(_ row: SimulatedRows.Command) throws {
    guard players[row.player] != nil else { throw SimulationFinding("wallet_command: there is no player \(row.player)") }
    guard commands.updateValue(row, forKey: row.key) == nil else { throw SimulationFinding("wallet_command: '\(row.key)' twice") }
  }

  private mutating func enter(_ row: SimulatedRows.Opened) throws {
    let new = row.transaction
    guard commands[row.key]?.player == row.player else { throw SimulationFinding("wallet_transaction: no command '\(row.key)'") }
    guard transactions.updateValue(.init(transaction: new, player: row.player), forKey: new.id) == nil else {
      throw SimulationFinding("wallet_transaction: \(new.id) twice")
    }
    guard SimulatedTransitions.begins(new.kind, new.state) else {
      throw SimulationFinding("wallet_transaction: a \(new.kind) does not begin as \(new.state)")
    }
    guard new.amount > 0 || new.kind == .adjust, (new.kind == .bonus) == (new.requirement != nil) else {
      throw SimulationFinding("wallet_transaction: the check of \(new.kind)")
    }
    guard new.kind == .bet, let provider = new.provider, let reference = new.reference else { return }
    guard bets.updateValue(new.id, forKey: WalletBetName(provider: provider, reference: reference)) == nil else {
      throw SimulationFinding("wallet_transaction: two bets are \(provider) \(reference)")
    }
  }

  private mutating func change(_ wave: [SimulatedRows.Change]) throws {
    guard Set(wave.map(\.id)).count == wave.count else { throw SimulationFinding("a wave changes a row twice") }
    for row in wave {
      // As in SQL: an UPDATE that finds no row is no error.
      guard var held = transactions[row.id] else { continue }
      guard let state = WalletTransaction.State(rawValue: row.state),
        SimulatedTransitions.follows(held.transaction.kind, held.transaction.state, state)
      else {
        throw SimulationFinding("wallet_transaction: a \(held.transaction.kind) that is \(held.transaction.state) becomes \(row.state)")
      }
      guard row.settled >= held.transaction.settledAmount else { throw SimulationFinding("wallet_transaction: settled_amount shrinks") }
      held.transaction.state = state
      held.transaction.settledAmount = row.settled
      transactions[row.id] = held
    }
  }

  private func checkSums(_ rows: [SimulatedRows.Entry]) throws {
    var sums: [String: Int64] = [:]
    for row in rows { sums[row.entry.requestID, default: 0] += row.entry.amount }
    for (key, sum) in sums where sum != 0 { throw SimulationFinding("wallet_ledger: the entries of '\(key)' sum to \(sum)") }
  }

  private mutating func enter(_ row: SimulatedRows.Entry) throws {
    let entry = row.entry
    guard entry.amount != 0 else { throw SimulationFinding("wallet_ledger: an entry of nothing") }
    if let player = entry.player {
      guard commands[entry.requestID]?.player.rawValue == player else {
        throw SimulationFinding("wallet_ledger: no command '\(entry.requestID)' of \(player)")
      }
    } else if !accounts.contains(entry.account) {
      throw SimulationFinding("wallet_ledger: no account '\(entry.account)'")
    }
    do {
      head = try head.following(entry, claimed: row.hash)
    } catch {
      throw SimulationFinding("wallet_ledger: \(error)")
    }
    entries[entry.requestID, default: []].append(entry)
  }

  private mutating func enter(_ row: SimulatedRows.Balance) throws {
    guard row.balance >= 0 else { throw SimulationFinding("wallet_balance: \(row.bucket) of \(row.player) holds \(row.balance)") }
    balances[row.player, default: [:]][row.bucket] = row.balance
  }

  private mutating func enter(_ row: SimulatedRows.Event) throws {
    guard eventIDs.insert(row.id).inserted else { throw SimulationFinding("wallet_outbox: \(row.id) twice") }
    events.append(row)
  }
}
