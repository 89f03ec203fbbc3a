import Foundation
import Kernel
import Platform
import Postgres
import Redis
import TestSupport
import Testing

@Suite("The wallet's outbox reaches its stream")
struct OutboxPublishingTests {
  @Test(
    "S0-WAL-13 S0-WAL-14 S0-MIG-20 S0-HARD-20 every movement's event reaches wallet:events in ledger order with its brand, and no sentinel does"
  )
  func order() async throws {
    try await OutboxBench.run { bench in
      // Two players of one brand at once, and another brand: the order that counts is each player's.
      try await withThrowingTaskGroup { group in
        for (brand, player) in [(1, 1), (1, 2), (2, 1)] {
          group.addTask {
            for amount in 1...10 { try await bench.wallet.deposit(amount, player: player, brand: brand) }
          }
        }
        try await group.waitForAll()
      }
      #expect(await bench.worker.publishRound() == OutboxRound(published: 30, hasFailed: false))
      let entries = try await bench.stream()
      #expect(entries.count == 30)
      for (brand, player) in [(1, 1), (1, 2), (2, 1)] {
        let ledger = try await bench.wallet.database.psql(
          "SELECT request_id FROM wallet.wallet_ledger WHERE brand_id = \(brand) AND player_id = \(player) ORDER BY seq")
        let published = try entries.compactMap { entry -> String? in
          let payload = try #require(try JSONSerialization.jsonObject(with: Data((entry["payload"] ?? "").utf8)) as? [String: Any])
          #expect(payload["event_id"] as? String == entry["event_id"])
          #expect((payload["brand_id"] as? Int).map { String($0) } == entry["brand_id"])
          guard payload["brand_id"] as? Int == brand, payload["player_id"] as? Int == player else { return nil }
          return payload["request_id"] as? String
        }
        #expect(published == ledger.split(separator: "\n").map(String.init))
      }
      #expect(!entries.contains { $0.values.contains { $0.contains("BRAND_AWARE_PUBLISHING_BEGINS") } })
      #expect(try await bench.count("published_at IS NULL") == 0)
      #expect(bench.metric("wallet_outbox_published_total", brand: "default") == 20)
      #expect(bench.metric("wallet_outbox_published_total", brand: "brand2") == 10)
    }
  }

  @Test("a crash between the stream and the commit publishes again under the same event ids, in the same order")
  func crash() async throws {
    try await OutboxBench.run { bench in
      for amount in 1...5 { try await bench.wallet.deposit(amount) }
      let ids = try await bench.eventIDs(brand: 1)
      try await bench.wallet.database.psql(
        """
        CREATE FUNCTION public.dying() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the connection died'; END $$;
        CREATE TRIGGER planted BEFORE UPDATE OF published_at ON wallet.wallet_outbox FOR EACH ROW EXECUTE FUNCTION public.dying();
        """)
      #expect(await bench.worker.publishRound() == OutboxRound(published: 0, hasFailed: true))
      #expect(bench.metric("wallet_outbox_publish_failed_total", brand: "default") == 1)
      #expect(bench.metric("wallet_outbox_published_total", brand: "default") == nil)
      #expect(try await bench.count("published_at IS NOT NULL") == 0)
      try await bench.wallet.database.psql("DROP TRIGGER planted ON wallet.wallet_outbox")
      #expect(await bench.worker.publishRound().published == 5)
      #expect(try await bench.stream().map { $0["event_id"] } == ids + ids)
    }
  }

  @Test("two workers at once keep every player's order and double nothing")
  func twoWorkers() async throws {
    try await OutboxBench.run { bench in
      let second = OutboxBench.worker(bench.wallet, bench.redis, MetricsRegistry())
      try await withThrowingTaskGroup { group in
        for worker in [bench.worker, second] { group.addTask { await worker.run() } }
        defer { group.cancelAll() }
        for amount in 1...40 { try await bench.wallet.deposit(amount, brand: amount % 2 + 1) }
        try await eventually("everything is published") { try await bench.count("published_at IS NULL") == 0 }
      }
      let entries = try await bench.stream()
      for brand in [1, 2] {
        let published = entries.filter { $0["brand_id"] == String(brand) }.compactMap { $0["event_id"] }
        #expect(try await bench.eventIDs(brand: brand) == published)
      }
    }
  }

  @Test("a Redis without memory refuses a batch whole, and one that is away keeps nothing back for ever")
  func redisFails() async throws {
    try await OutboxBench.run { bench in
      for amount in 1...3 { try await bench.wallet.deposit(amount) }
      let ids = try await bench.eventIDs(brand: 1)
      _ = try await bench.redis.send(["CONFIG", "SET", "maxmemory", "1"])
      #expect(await bench.worker.publishRound().hasFailed)
      #expect(try await bench.stream().isEmpty)
      #expect(bench.logs.lines(with: "publishing failed", "OOM").count == 1)
      _ = try await bench.redis.send(["CONFIG", "SET", "maxmemory", "0"])
      await bench.redisServer.crash()
      #expect(await bench.worker.publishRound().hasFailed)
      #expect(try await bench.count("published_at IS NULL AND attempts = 0") == 3)
      try await bench.redisServer.startAgain()
      try await eventually("Redis is back and the events go out") { await bench.worker.publishRound().published == 3 }
      #expect(try await bench.stream().map { $0["event_id"] } == ids)
    }
  }
}
