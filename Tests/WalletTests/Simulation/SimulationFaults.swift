import Evidence
import Kernel

@testable import Wallet

/// Everything that the simulation must find.
enum SimulationFaults {
  static let all = readings + documents + idempotency + writes + commits

  // MARK: The rules are told something else than what is so

  private static let readings: [SimulationFault] = [
    SimulationFault(
      name: "a balance isn't checked",
      reading: { reading, _ in
        for (player, held) in reading.balances { reading.balances[player] = held.mapValues { $0 + 50 } }
      }),
    SimulationFault(name: "tombstones are forgotten", reading: { reading, _ in reading.tombstones = [] }),
    SimulationFault(
      name: "suspensions are overlooked", reading: { reading, _ in reading.players = reading.players.mapValues { _ in .active } }),
    SimulationFault(
      name: "a bet that was rolled back can win",
      reading: { reading, _ in change(&reading) { if $0.state == .rolledBack { $0.state = .authorized } } }),
    SimulationFault(
      name: "a paid withdrawal can be declined",
      reading: { reading, _ in change(&reading) { if $0.state == .paid { $0.state = .approved } } }),
    SimulationFault(
      name: "a reversal forgets what the bet won", reading: { reading, _ in change(&reading) { $0.settledAmount = 0 } }),
    SimulationFault(
      name: "stakes go back to another bucket",
      reading: { reading, _ in
        guard let bucket = reading.topology?.buckets.first else { return }
        replace(&reading) { parts(of: $0, are: $0.parts.map { BucketAmount(bucket: bucket, amount: $0.amount) }) }
      }),
    SimulationFault(
      name: "another player's transaction is one's own",
      reading: { reading, requests in
        guard let player = requests.first?.player else { return }
        reading.transactions = reading.transactions.mapValues { .init(transaction: $0.transaction, player: player) }
      }),
    SimulationFault(
      name: "what a bonus asks for is forgotten",
      reading: { reading, _ in replace(&reading) { withoutRequirement($0) } }),
    SimulationFault(name: "another brand's rows aren't noticed", reading: { reading, _ in reading.foreign = [:] }),
    SimulationFault(name: "another brand's keys aren't noticed", reading: { reading, _ in reading.splits = [:] }),
    SimulationFault(name: "what is read is older than the lock", readsBeforeTheLock: true),
  ]

  // MARK: Other documents

  private static let documents: [SimulationFault] = [
    topology("buckets give in the wrong order") { old in
      copy(old, betOrder: old.betOrder.reversed())
    },
    topology("wins go to the wrong bucket") { old in copy(old, win: old.depositBucket) },
    topology("bonuses can be withdrawn") { old in copy(old, withdrawOrder: old.buckets) },
    topology("conversions go to the deposit bucket") { old in copy(old, conversion: old.depositBucket) },
    topology("rewards go to the deposit bucket") { old in copy(old, reward: old.depositBucket) },
    policy("limits are ignored") { WalletPolicy(limits: [:], transfers: $0.transfers, settleMany: $0.settleMany, providers: $0.providers) },
    policy("bets always win many times") {
      WalletPolicy(limits: $0.limits, transfers: $0.transfers, settleMany: true, providers: $0.providers)
    },
    policy("providers' agreements are ignored") {
      WalletPolicy(limits: $0.limits, transfers: $0.transfers, settleMany: $0.settleMany, providers: nil)
    },
    policy("transfers may go both ways") { old in
      let back = (old.transfers ?? []).map { WalletPolicy.Transfer(from: $0.to, to: $0.from) }
      return WalletPolicy(
        limits: old.limits, transfers: (old.transfers ?? []) + back, settleMany: old.settleMany, providers: old.providers)
    },
  ]

  // MARK: Keys

  private static let idempotency: [SimulationFault] = [
    SimulationFault(name: "stored answers are forgotten", reading: { reading, _ in reading.stored = [:] }),
    SimulationFault(
      name: "a key may be used for something else",
      reading: { reading, requests in
        for request in requests {
          guard let stored = reading.stored[request.key] else { continue }
          reading.stored[request.key] = .init(fingerprint: request.fingerprint, answer: stored.answer)
        }
      }),
    SimulationFault(
      name: "a replay is answered with other bytes",
      outcomes: { outcomes in
        outcomes.map { outcome in
          outcome.map { $0.isReplay ? WalletAnswer(status: $0.status, body: $0.body + [0x20], isReplay: true) : $0 }
        }
      }),
    SimulationFault(
      name: "a replay says that it is none",
      outcomes: { outcomes in
        outcomes.map { outcome in outcome.map { WalletAnswer(status: $0.status, body: $0.body, isReplay: false) } }
      }),
    SimulationFault(name: "a batch runs its commands in the order of their keys", requests: { $0.sort { $0.key < $1.key } }),
    SimulationFault(
      name: "refusals aren't kept",
      rows: { rows in rows.commands.removeAll { $0.status >= 400 } }),
  ]

  // MARK: The rows are others than what was decided

  private static let writes: [SimulationFault] = [
    SimulationFault(name: "a posting is dropped", rows: { if !$0.entries.isEmpty { $0.entries.removeLast() } }),
    SimulationFault(
      name: "an amount is off by one on both sides",
      rows: { rows in
        guard rows.entries.count > 1, rows.entries[0].entry.requestID == rows.entries[1].entry.requestID else { return }
        for index in 0...1 {
          let old = rows.entries[index].entry
          rows.entries[index].entry = moved(old, by: old.amount > 0 ? 1 : -1)
        }
        relink(&rows)
      }),
    SimulationFault(name: "a balance isn't written", rows: { if !$0.balances.isEmpty { $0.balances.removeLast() } }),
    SimulationFault(
      name: "a balance is off by one", rows: { if !$0.balances.isEmpty { $0.balances[$0.balances.count - 1].balance += 1 } }),
    SimulationFault(name: "an event is lost", rows: { if $0.events.count > 2 { $0.events.removeLast() } }),
    SimulationFault(name: "an event comes twice", rows: { rows in if let last = rows.events.last { rows.events.append(last) } }),
    SimulationFault(name: "tombstones aren't written", rows: { $0.tombstones = [] }),
    SimulationFault(name: "only the first change of a transaction is written", rows: { $0.waves = Array($0.waves.prefix(1)) }),
    SimulationFault(name: "what a bet won isn't written", rows: { rows in change(&rows) { $0.settled = 0 } }),
    SimulationFault(
      name: "the chain's link is broken",
      rows: { rows in
        guard let last = rows.entries.last, let hash = LedgerHash([UInt8](repeating: 7, count: LedgerHash.byteCount)) else { return }
        rows.entries[rows.entries.count - 1].hash = rows.entries.count % 5 == 0 ? hash : last.hash
      }),
    SimulationFault(
      name: "an entry is changed after it was hashed",
      rows: { rows in
        guard rows.entries.count > 4, let last = rows.entries.last else { return }
        rows.entries[rows.entries.count - 1].entry = moved(last.entry, by: 0, account: "elsewhere")
      }),
    SimulationFault(
      name: "a stored answer isn't the one that was given",
      rows: { rows in if rows.commands.count > 3 { rows.commands[2].body.append(0x20) } }),
  ]

  // MARK: Crashes

  private static let commits: [SimulationFault] = [
    SimulationFault(name: "what died before its commit is committed", commitsAfterCrash: true),
    SimulationFault(name: "what was answered isn't committed", losesCommits: true),
    SimulationFault(name: "a batch is committed twice", commitsTwice: true),
  ]

  // MARK: How they are planted

  private static func topology(_ name: String, _ change: @escaping @Sendable (WalletTopology) -> WalletTopology) -> SimulationFault {
    SimulationFault(name: name, reading: { reading, _ in reading.topology = reading.topology.map(change) })
  }

  private static func policy(_ name: String, _ change: @escaping @Sendable (WalletPolicy) -> WalletPolicy) -> SimulationFault {
    SimulationFault(name: name, reading: { reading, _ in reading.policy = reading.policy.map(change) })
  }

  private static func copy(
    _ old: WalletTopology, betOrder: [Bucket]? = nil, withdrawOrder: [Bucket]? = nil, win: Bucket? = nil, conversion: Bucket? = nil,
    reward: Bucket? = nil
  ) -> WalletTopology {
    WalletTopology(
      buckets: old.buckets, withdrawOrder: withdrawOrder ?? old.withdrawOrder, betOrder: betOrder ?? old.betOrder,
      depositBucket: old.depositBucket, winBucket: win ?? old.winBucket, bonusBucket: old.bonusBucket,
      conversionBucket: conversion ?? old.conversionBucket, rewardBucket: reward ?? old.rewardBucket)
  }

  private static func change(_ reading: inout WalletBatchReading, _ body: (inout WalletTransaction) -> Void) {
    for id in reading.transactions.keys {
      guard var held = reading.transactions[id] else { continue }
      body(&held.transaction)
      reading.transactions[id] = held
    }
  }

  private static func replace(_ reading: inout WalletBatchReading, _ body: (WalletTransaction) -> WalletTransaction) {
    change(&reading) { $0 = body($0) }
  }

  private static func change(_ rows: inout SimulatedRows, _ body: (inout SimulatedRows.Change) -> Void) {
    for wave in rows.waves.indices {
      for row in rows.waves[wave].indices { body(&rows.waves[wave][row]) }
    }
  }

  private static func parts(of old: WalletTransaction, are parts: [BucketAmount]) -> WalletTransaction {
    WalletTransaction(
      id: old.id, createdAt: old.createdAt, kind: old.kind, state: old.state, amount: old.amount, settledAmount: old.settledAmount,
      provider: old.provider, reference: old.reference, round: old.round, requirement: old.requirement, parts: parts)
  }

  private static func withoutRequirement(_ old: WalletTransaction) -> WalletTransaction {
    WalletTransaction(
      id: old.id, createdAt: old.createdAt, kind: old.kind, state: old.state, amount: old.amount, settledAmount: old.settledAmount,
      provider: old.provider, reference: old.reference, round: old.round, requirement: nil, parts: old.parts)
  }

  private static func moved(_ old: LedgerEntry, by amount: Int64, account: String? = nil, previous: LedgerHash? = nil, seq: Int64? = nil)
    -> LedgerEntry
  {
    LedgerEntry(
      brand: old.brand, seq: seq ?? old.seq, previous: previous ?? old.previous, requestID: old.requestID, command: old.command,
      transaction: old.transaction, player: old.player, account: account ?? old.account, currency: old.currency,
      amount: old.amount + amount, balanceAfter: old.balanceAfter, createdAt: old.createdAt)
  }

  /// So that the chain itself doesn't tell.
  private static func relink(_ rows: inout SimulatedRows) {
    var previous: LedgerHash?
    for index in rows.entries.indices {
      let linked = moved(rows.entries[index].entry, by: 0, previous: previous)
      rows.entries[index] = .init(entry: linked, hash: linked.hash)
      previous = linked.hash
    }
  }
}
