import TestSupport
import Testing

@Suite("Simulated histories on PostgreSQL agree with the model")
struct DatabaseSimulationTests {
  @Test(
    "S0-WAL-18 S0-WAL-39 S0-WAL-07 concurrent commands, twins and processes that die: what is told and what stands in the tables is what the model says"
  )
  func histories() async throws {
    let settings = SimulationSettings(count: 20, steps: 60)
    try await TestDatabase.lease { database in
      try await DatabaseSimulation.prepareForeign(database)
      let start = ContinuousClock.now
      var coverage = SimulationCoverage()
      for (index, seed) in settings.seeds.enumerated() {
        var simulation = try await DatabaseSimulation(seed: seed, brand: 1_000 + Int64(index), in: database)
        do { try await simulation.run(steps: settings.steps) } catch {
          Issue.record(
            "seed \(seed), step \(simulation.step): \(error)\nplay it again: \(SimulationSettings.replay("database", seed: seed, steps: settings.steps))"
          )
        }
        coverage.add(simulation.coverage)
      }
      let seconds = start.duration(to: .now) / .seconds(1)
      print(
        "simulation on PostgreSQL: \(settings.seeds.count) seeds × \(settings.steps) steps in \(Int(seconds * 1000)) ms\n\(coverage.report)"
      )
      if !SimulationSettings.isShortened { #expect(Self.expected.filter { coverage.counts[$0.rawValue] == nil } == []) }
    }
  }

  /// Of twenty short histories not everything can be asked.
  private static let expected: [SimulationEvent] = [
    .replay, .twinInBatch, .misusedKey, .crashBeforeCommit, .crashAfterCommit, .lateBet, .acceptedTombstone, .refusedTombstone,
    .olderBucket, .topologyActivated, .policyActivated, .suspendedGotMoney, .anothersTransaction, .splitBet,
  ]

  @Test(
    "What stands in the tables is really compared: a row that is changed behind the wallet's back is found",
    arguments: [
      "UPDATE wallet.wallet_balance SET balance = balance + 1 WHERE brand_id = 1000 AND balance > 0",
      "UPDATE wallet.wallet_ledger SET amount = amount * 2 WHERE brand_id = 1000",
      "DELETE FROM wallet.wallet_ledger WHERE brand_id = 1000 AND seq = 3",
      "UPDATE wallet.wallet_ledger SET row_hash = sha256('x') WHERE brand_id = 1000 AND seq = 2",
      "UPDATE wallet.wallet_chain SET seq = seq - 1 WHERE brand_id = 1000",
      "DELETE FROM wallet.wallet_tombstone WHERE brand_id = 1000",
      "DELETE FROM wallet.wallet_outbox WHERE brand_id = 1000 AND event_type = 'wallet.deposit'",
      "UPDATE wallet.wallet_command SET response_body = response_body || ' ' WHERE brand_id = 1000",
      "UPDATE wallet.wallet_transaction SET state = 'rolled_back' WHERE brand_id = 1000 AND kind = 'bet' AND state <> 'rolled_back'",
      "UPDATE wallet.wallet_transaction SET requirement = requirement + 1 WHERE brand_id = 1000 AND kind = 'bonus'",
    ])
  func falsified(statement: String) async throws {
    try await TestDatabase.lease { database in
      try await DatabaseSimulation.prepareForeign(database)
      var simulation = try await DatabaseSimulation(seed: 4, brand: 1_000, in: database)
      try await simulation.run(steps: 60)
      let played = simulation
      await #expect(throws: SimulationFinding.self) { try await played.check(falsifying: statement) }
    }
  }
}
