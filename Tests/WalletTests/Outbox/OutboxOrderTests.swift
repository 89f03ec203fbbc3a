import Foundation
import Kernel
import Platform
import Redis
import TestSupport
import Testing

@Suite("Events come in the order of the ledger")
struct OutboxOrderTests {
  @Test("S0-WAL-14 under concurrency each player's events come in exactly the order of the ledger, with two publishers and batches of many")
  func everyPlayer() async throws {
    try await OutboxBench.run { bench in
      let second = OutboxBench.worker(bench.wallet, bench.redis, MetricsRegistry())
      let wallets = [(1, 1), (1, 2), (2, 1)]
      try await withThrowingTaskGroup { group in
        for worker in [bench.worker, second] { group.addTask { await worker.run() } }
        defer { group.cancelAll() }
        try await withThrowingTaskGroup { writers in
          for (brand, player) in wallets {
            for writer in 1...8 {
              writers.addTask {
                for number in 1...6 {
                  try await bench.wallet.deposit(10, player: player, brand: brand, key: "d-\(brand)-\(player)-\(writer)-\(number)")
                  let reference = "\(player)-\(writer)-\(number)"
                  try await bench.wallet.bet(1, reference: reference, player: player, brand: brand, key: "b-\(brand)-\(reference)")
                }
              }
            }
          }
          try await writers.waitForAll()
        }
        try await eventually("everything is published") { try await bench.count("published_at IS NULL") == 0 }
      }
      let entries = try await bench.stream()
      for (brand, player) in wallets {
        let ledger = try await bench.wallet.database.psql(
          """
          SELECT request_id FROM wallet.wallet_ledger WHERE brand_id = \(brand) AND player_id = \(player)
          GROUP BY request_id ORDER BY min(seq)
          """
        ).split(separator: "\n").map(String.init)
        #expect(ledger.count == 96)
        let published = try entries.compactMap { entry -> String? in
          let payload = try JSONDocument.parse(Array((entry["payload"] ?? "").utf8))
          guard payload["brand_id"] == .number("\(brand)"), payload["player_id"] == .number("\(player)") else { return nil }
          return payload["request_id"]?.text
        }
        #expect(published == ledger, "brand \(brand), player \(player)")
      }
    }
  }

  @Test("S0-WAL-17 the lag that the metric shows is the one of XINFO GROUPS, for each group of its own")
  func lag() async throws {
    try await OutboxBench.run { bench in
      for group in ["rolling", "recon"] { try await bench.redis.streamGroupCreate("wallet:events", group: group) }
      for amount in 1...5 { try await bench.wallet.deposit(amount) }
      _ = await bench.worker.publishRound()
      _ = try await bench.redis.streamReadGroup(["wallet:events"], group: "recon", consumer: "a", count: 2)
      await bench.worker.measure()
      let reply = try await bench.redis.send(["XINFO", "GROUPS", "wallet:events"])
      var lags: [String: Int64] = [:]
      for group in reply.array ?? [] {
        let fields = group.array ?? []
        let names = stride(from: 0, to: fields.count - 1, by: 2).map { (fields[$0].text ?? "", fields[$0 + 1]) }
        let byName = Dictionary(uniqueKeysWithValues: names)
        lags[byName["name"]?.text ?? ""] = byName["lag"]?.integer
      }
      #expect(lags == ["rolling": 5, "recon": 3])
      let text = bench.registry.exposition(.prometheus)
      for (group, lag) in lags { #expect(text.contains("wallet_outbox_stream_lag_entries{group=\"\(group)\"} \(lag)\n")) }
    }
  }
}
