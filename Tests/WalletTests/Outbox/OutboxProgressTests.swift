import Foundation
import Kernel
import Platform
import Postgres
import Redis
import Synchronization
import TestSupport
import Testing

@Suite("One brand's outbox can be stuck beside healthy ones")
struct OutboxProgressTests {
  /// What keeps brand 2 from being published while the statement's transaction is open.
  static let obstacles: [(name: String, sql: String)] = [
    ("a locked row", "SELECT 1 FROM wallet.wallet_outbox WHERE brand_id = 2 FOR UPDATE"),
    ("the brand's advisory lock", "SELECT pg_advisory_xact_lock(hashtextextended('wallet.wallet_outbox', 2))"),
  ]

  @Test("S0-WAL-15 S0-SVC-03 a blocked brand stands alone: the others go on, and metric and readiness name it", arguments: [0, 1])
  func blocked(obstacle: Int) async throws {
    try await OutboxBench.run { bench in
      try await bench.wallet.deposit(5)
      try await bench.wallet.deposit(6, brand: 2)
      try await bench.age(brand: 2, seconds: 100)
      let brand = try #require(BrandID(2))
      try await bench.wallet.app.withBrand(brand) { transaction in
        _ = try await transaction.query("\(unsafe: Self.obstacles[obstacle].sql)")
        #expect(await bench.worker.publishRound().published == 1)
        await bench.worker.measure()
      }
      #expect(try await bench.stream().map { $0["brand_code"] } == ["default"])
      #expect(bench.metric("wallet_outbox_oldest_unpublished_seconds", brand: "default") == 0)
      #expect((bench.metric("wallet_outbox_oldest_unpublished_seconds", brand: "brand2") ?? 0) >= 100)
      guard case .failed(let reason) = await bench.worker.readiness.run() else {
        Issue.record("the worker is ready though a brand is stuck")
        return
      }
      #expect(reason.contains("brand2") && !reason.contains("default"))
      #expect(await bench.worker.publishRound().published == 1)
      await bench.worker.measure()
      #expect(bench.metric("wallet_outbox_oldest_unpublished_seconds", brand: "brand2") == 0)
      #expect(await bench.worker.readiness.run() == .passed)
    }
  }

  @Test("S0-WAL-17 the stream's lag is shown for each consumer group")
  func lag() async throws {
    try await OutboxBench.run { bench in
      try await bench.redis.streamGroupCreate("wallet:events", group: "rolling")
      for amount in 1...4 { try await bench.wallet.deposit(amount) }
      #expect(await bench.worker.publishRound().published == 4)
      await bench.worker.measure()
      #expect(bench.registry.exposition(.prometheus).contains(#"wallet_outbox_stream_lag_entries{group="rolling"} 4"#))
      let read = try await bench.redis.streamReadGroup(["wallet:events"], group: "rolling", consumer: "a", count: 3)
      #expect(read.count == 3)
      await bench.worker.measure()
      #expect(bench.registry.exposition(.prometheus).contains(#"wallet_outbox_stream_lag_entries{group="rolling"} 1"#))
    }
  }

  @Test("S4-READY-06 a worker that was not started, or has ended, is not ready, and a running one is")
  func running() async throws {
    try await OutboxBench.run { bench in
      let stopped = ReadinessCheck.Outcome.failed("the worker is not running")
      #expect(await bench.worker.runningCheck.run() == stopped)
      await withTaskGroup { group in
        group.addTask { await bench.worker.run() }
        defer { group.cancelAll() }
        await #expect(throws: Never.self) {
          try await eventually("the worker runs") { await bench.worker.runningCheck.run() == .passed }
        }
      }
      #expect(await bench.worker.runningCheck.run() == stopped)
    }
  }

  @Test("S0-SVC-03 a worker that hangs is not ready though its last verdict was good")
  func hanging() async throws {
    try await OutboxBench.run { bench in
      let late = Mutex(Duration.zero)
      let worker = OutboxBench.worker(bench.wallet, bench.redis, MetricsRegistry()) { .now + late.withLock { $0 } }
      #expect(await worker.publishRound().hasFailed == false)
      await worker.measure()
      #expect(await worker.readiness.run() == .passed)
      late.withLock { $0 = OutboxWorker.progressBudget + .seconds(5) }
      guard case .failed(let reason) = await worker.readiness.run() else {
        Issue.record("the worker is ready though it does nothing")
        return
      }
      #expect(reason.hasPrefix("no round for 3"))
      #expect(await worker.publishRound().hasFailed == false)
      #expect(await worker.readiness.run() == .passed)
    }
  }
}
