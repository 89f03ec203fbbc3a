import Foundation
import Kernel
import Platform
import Postgres
import TestSupport
import Testing

@testable import Wallet

@Suite("Money is checked all the time")
struct WalletCheckTests {
  @Test("S0-WAL-07 a busy brand gives no false alarm: two checkers beside writers, and every entry is checked once")
  func busy() async throws {
    var limits = WalletCheckLimits()
    limits.entries = 7
    limits.sweptEntries = 5
    limits.sweptPlayers = 1
    try await CheckBench.run(limits: limits) { [limits] bench in
      let second = CheckBench.worker(bench.wallet, bench.registry, limits)
      try await withThrowingTaskGroup { group in
        for worker in [bench.worker, second] {
          group.addTask { while !Task.isCancelled { await worker.checkRound() } }
          group.addTask { while !Task.isCancelled { await worker.sweepRound() } }
        }
        try await withThrowingTaskGroup { writers in
          for (brand, player) in [(1, 1), (1, 2), (2, 1)] {
            writers.addTask {
              for number in 1...15 {
                try await bench.wallet.deposit(10, player: player, brand: brand)
                let reference = "\(brand)-\(player)-\(number)"
                try await bench.wallet.bet(4, reference: reference, player: player, brand: brand)
                if number % 2 == 0 {
                  try await bench.wallet.settle(6, reference: reference, player: player, brand: brand)
                } else {
                  try await bench.wallet.rollback(reference: reference, player: player, brand: brand)
                }
              }
            }
          }
          try await writers.waitForAll()
        }
        try await eventually("both brands are checked to the end") {
          try await bench.wallet.database.psql(
            "SELECT count(*) FROM wallet.wallet_check AS c JOIN wallet.wallet_chain AS h USING (brand_id) WHERE c.checked_seq = h.seq")
            == "2"
        }
        group.cancelAll()
      }
      await bench.check()
      let entries = try await bench.wallet.database.psql("SELECT count(*) FROM wallet.wallet_ledger")
      #expect(try await bench.wallet.database.psql("SELECT count(*) FROM wallet.wallet_check_finding") == "0")
      #expect(bench.worker.warnings == [])
      let checked = ["default", "brand2"].compactMap { bench.metric("wallet_invariant_checked_entries_total", brand: $0) }.reduce(0, +)
      #expect("\(Int(checked))" == entries && entries == "270")
      #expect((bench.metric("wallet_invariant_check_age_seconds") ?? .infinity) < 60)
      for kind in WalletFindingKind.allCases { #expect(bench.metric("wallet_invariant_violations", kind: kind) == 0) }
    }
  }

  @Test("a checker goes on where the last one stopped, and the sweeps come round")
  func goesOn() async throws {
    try await CheckBench.run { bench in
      try await bench.play()
      await bench.check()
      #expect(bench.metric("wallet_invariant_checked_entries_total") == 12)
      try await bench.wallet.deposit(5)
      let registry = MetricsRegistry()
      let next = CheckBench(wallet: bench.wallet, worker: CheckBench.worker(bench.wallet, registry), registry: registry)
      await next.check()
      #expect(next.metric("wallet_invariant_checked_entries_total") == 2)
      #expect(
        try await bench.wallet.database.psql(
          "SELECT count(*) FROM wallet.wallet_check WHERE caught_up_at IS NOT NULL AND entries_swept_at IS NOT NULL AND players_swept_at IS NOT NULL"
        ) == "2")
    }
  }

  @Test("a finding is kept once and for ever; when it is put right it is resolved, and the metric and the warnings go back")
  func resolved() async throws {
    try await CheckBench.run { bench in
      try await bench.play()
      try await bench.plant("UPDATE wallet.wallet_balance SET balance = balance + 5 WHERE brand_id = 1 AND player_id = 2")
      for _ in 0..<3 { await bench.check() }
      #expect(try await bench.wallet.database.psql("SELECT count(*) FROM wallet.wallet_check_finding") == "1")
      #expect(bench.wallet.role.logs.lines(with: #""event":"wallet_invariant_broken""#).count == 1)
      try await bench.plant("UPDATE wallet.wallet_balance SET balance = balance - 5 WHERE brand_id = 1 AND player_id = 2")
      await bench.check()
      #expect(bench.metric("wallet_invariant_violations", kind: .bucketDifference) == 0)
      #expect(bench.worker.warnings == [])
      #expect(bench.wallet.role.logs.lines(with: #""event":"wallet_invariant_restored""#).count == 1)
      #expect(
        try await bench.wallet.database.psql("SELECT count(*) FROM wallet.wallet_check_finding WHERE resolved_at IS NOT NULL") == "1")
    }
  }

  @Test("a mass of faults is bounded, and a brand that can't be checked is told, while the others are checked")
  func bounded() async throws {
    var limits = WalletCheckLimits()
    limits.openFindingsMax = 4
    try await CheckBench.run(limits: limits) { bench in
      try await bench.play()
      try await bench.plant("UPDATE wallet.wallet_ledger SET amount = amount + 1 WHERE brand_id = 1")
      for _ in 0..<2 { await bench.check() }
      #expect(try await bench.open().count == 4)
      #expect(try await bench.wallet.database.psql("SELECT checked_seq FROM wallet.wallet_check WHERE brand_id = 1") == "12")
      try await bench.wallet.database.psql(
        "ALTER TABLE wallet.wallet_check ADD CONSTRAINT planted CHECK (brand_id <> 1) NOT VALID")
      try await bench.wallet.deposit(1, brand: 2)
      await bench.check()
      #expect(bench.wallet.role.logs.lines(with: "checking a brand's wallet failed").count == 2)
      #expect(bench.metric("wallet_invariant_checked_entries_total", brand: "brand2") == 4)
    }
  }

  @Test("S0-WAL-07 cordon wallet check says what it read, by brand, and exits 0 when all is well")
  func command() async throws {
    try await CheckBench.run { bench in
      try await bench.play()
      let cordon = CordonProgram(environment: ["CORDON_ENV": "test", "DATABASE_URL": bench.wallet.database.url])
      let full = try await cordon.run("wallet", "check", "--full", "--json")
      #expect(full.status == 0, "\(full.messages)")
      #expect(
        full.output.contains(#""brand_code":"default","entries":12,"players":2,"last_entry":12,"findings":[]"#), "\(full.output)")
      #expect(full.messages.contains("brand default: 12 entries"))
      await bench.check()
      let rest = try await cordon.run("wallet", "check", "--brand", "2")
      #expect(rest.status == 0 && rest.output.contains("brand2") && !rest.output.contains("default"))
      #expect(try await cordon.run("wallet", "check", "--brand", "77").status == 4)
      #expect(try await bench.wallet.database.psql("SELECT count(*) FROM wallet.wallet_check_finding") == "0")
    }
  }
}
