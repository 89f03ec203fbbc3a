import Evidence
import Kernel

@testable import Wallet

/// The rows that a batch's plan writes, one value each, as the database gets them. Mutable, so that faults can be planted.
struct SimulatedRows {
  struct Command {
    let key: String
    let name: String
    var fingerprint: [UInt8]
    var status: Int
    var body: [UInt8]
    let player: PlayerID
  }

  struct Change {
    let id: String
    var state: String
    var settled: Int64
  }

  struct Entry {
    var entry: LedgerEntry
    var hash: LedgerHash
  }

  struct Balance {
    let player: PlayerID
    let bucket: String
    var balance: Int64
  }

  struct Event {
    let id: String
    let type: String
    let payload: String
  }

  struct Opened {
    let key: String
    let player: PlayerID
    var transaction: WalletTransaction
  }

  var commands: [Command]
  var opened: [Opened]
  var waves: [[Change]]
  var tombstones: [WalletBetName]
  var accounts: [String]
  var entries: [Entry]
  var balances: [Balance]
  var events: [Event]

  init(_ plan: WalletBatchPlan) throws {
    let written = plan.commands
    commands = written.keys.indices.map { row in
      Command(
        key: written.keys[row], name: written.names[row], fingerprint: written.fingerprints[row], status: Int(written.statuses[row]),
        body: written.bodies[row], player: written.players[row])
    }
    opened = try plan.opened.ids.indices.map { row in try Self.opened(plan, row) }
    waves = plan.waves.map { wave in
      wave.ids.indices.map { Change(id: wave.ids[$0].description, state: wave.states[$0], settled: wave.settled[$0]) }
    }
    tombstones = plan.tombstones.keys.indices.map { row in
      WalletBetName(provider: plan.tombstones.providers[row], reference: plan.tombstones.references[row])
    }
    accounts = plan.accounts.sorted()
    entries = try plan.entries.sequence.indices.map { row in try Self.entry(plan, row) }
    balances = plan.balances.map { Balance(player: $0.key.player, bucket: $0.key.bucket.name, balance: $0.value) }
      .sorted { ($0.player.rawValue, $0.bucket) < ($1.player.rawValue, $1.bucket) }
    events = plan.events.ids.indices.map { row in
      Event(id: plan.events.ids[row].description, type: plan.events.types[row], payload: plan.events.payloads[row])
    }
  }

  private static func opened(_ plan: WalletBatchPlan, _ row: Int) throws -> Opened {
    let rows = plan.opened
    guard let kind = WalletTransaction.Kind(rawValue: rows.kinds[row]), let state = WalletTransaction.State(rawValue: rows.states[row])
    else { throw SimulationFinding("a transaction of an unknown kind or state") }
    return Opened(
      key: rows.keys[row], player: rows.players[row],
      transaction: WalletTransaction(
        id: rows.ids[row].description, createdAt: plan.moment, kind: kind, state: state, amount: rows.amounts[row],
        provider: rows.providers[row], reference: rows.references[row], round: rows.rounds[row], requirement: rows.requirements[row],
        parts: try parts(rows.partBuckets[row], rows.partAmounts[row])))
  }

  /// Both are array literals of PostgreSQL.
  private static func parts(_ buckets: String, _ amounts: String) throws -> [BucketAmount] {
    let names = elements(buckets)
    let sums = elements(amounts).compactMap { Int64($0) }
    guard names.count == sums.count else { throw SimulationFinding("part_buckets \(buckets) beside part_amounts \(amounts)") }
    return try zip(names, sums).map { name, amount in
      guard let bucket = Bucket(name) else { throw SimulationFinding("'\(name)' as a part's bucket") }
      return BucketAmount(bucket: bucket, amount: amount)
    }
  }

  private static func elements(_ literal: String) -> [String] {
    literal.dropFirst().dropLast().split(separator: ",").map(String.init)
  }

  private static func entry(_ plan: WalletBatchPlan, _ row: Int) throws -> Entry {
    let rows = plan.entries
    guard let previous = LedgerHash(rows.previous[row]), let hash = LedgerHash(rows.hashes[row]) else {
      throw SimulationFinding("a hash that isn't 32 bytes")
    }
    return Entry(
      entry: LedgerEntry(
        brand: plan.brand.id.rawValue, seq: rows.sequence[row], previous: previous, requestID: rows.keys[row], command: rows.names[row],
        transaction: rows.transactions[row], player: rows.players[row]?.rawValue, account: rows.accounts[row],
        currency: plan.brand.currency.code, amount: rows.amounts[row], balanceAfter: rows.balances[row], createdAt: plan.moment),
      hash: hash)
  }
}
