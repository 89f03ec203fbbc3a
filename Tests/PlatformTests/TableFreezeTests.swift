import Kernel
import Logging
import Postgres
import Redis
import TestSupport
import Testing

@testable import Platform

@Suite("A freeze in Redis")
struct TableFreezeTests {
  private struct Bench: Sendable {
    let server: TestRedisServer
    let redis: RedisClient
    let freeze: TableFreeze
    let registry: MetricsRegistry

    func isRefused(_ tables: String...) async -> Bool {
      do {
        try await freeze.check(tables)
        return false
      } catch {
        return error.reason == .servicePaused && error.retryAfterSeconds == Limits.pausedRetrySeconds
      }
    }

    func metric(_ name: String, _ table: String) -> String? {
      registry.exposition(.prometheus).split(separator: "\n").first { $0.hasPrefix("\(name){table=\"\(table)\"}") }
        .flatMap { $0.split(separator: " ").last }.map { String($0) }
    }

    func commands(_ name: String) async throws -> Int {
      let text = try await redis.send(["INFO", "commandstats"]).text ?? ""
      return text.firstMatch(of: try Regex("cmdstat_\(name):calls=([0-9]+)")).flatMap { $0.output[1].substring }.flatMap { Int($0) } ?? 0
    }
  }

  private func run(_ body: @escaping @Sendable (Bench) async throws -> Void) async throws {
    try await TestRedis.lease { server in
      let logger = Logger(label: "freeze-tests") { _ in SwiftLogNoOpLogHandler() }
      let redis = RedisClient(try .patient(url: server.url), logger: logger)
      let registry = MetricsRegistry()
      let freeze = TableFreeze(lookups: FreezeLookups(redis: redis), registry: registry, logger: logger)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await redis.run() }
        defer { group.cancelAll() }
        try await redis.ping()
        try await body(Bench(server: server, redis: redis, freeze: freeze, registry: registry))
      }
    }
  }

  @Test("S0-FRZ-01 S0-FRZ-02 S0-FRZ-07 the runbook's SET bites within a second and its DEL ends it within one")
  func bites() async throws {
    try await run { bench in
      #expect(await !bench.isRefused("wallet_topology"))
      _ = try await bench.redis.send(["SET", "table_freeze:wallet_topology", "1", "EX", "1800"])
      try await Task.sleep(for: .seconds(1))
      #expect(await bench.isRefused("wallet_topology"))
      #expect(await bench.isRefused("player", "wallet_topology"))
      #expect(await !bench.isRefused("player"))
      #expect(bench.metric("table_freeze_refused_total", "wallet_topology") == "2")
      _ = try await bench.redis.delete("table_freeze:wallet_topology")
      try await Task.sleep(for: .seconds(1))
      #expect(await !bench.isRefused("wallet_topology"))
    }
  }

  @Test("S0-FRZ-07 fifty writers of several tables ask at most once a second together")
  func rate() async throws {
    try await run { bench in
      let before = try await bench.commands("mget")
      let start = ContinuousClock.now
      await withTaskGroup(of: Void.self) { group in
        for writer in 0..<50 {
          group.addTask {
            while start.duration(to: .now) < .seconds(3.5) {
              _ = await bench.isRefused("wallet_ledger", writer % 2 == 0 ? "player" : "wallet_balance")
              try? await Task.sleep(for: .milliseconds(2))
            }
          }
        }
      }
      let seconds = Int(start.duration(to: .now).components.seconds)
      let asked = try await bench.commands("mget") - before
      // The three tables may begin in two questions; from then on they travel together.
      #expect((3...seconds + 3).contains(asked), "\(asked) questions in \(seconds) s")
      #expect(try await bench.commands("get") == 0)
    }
  }

  @Test("S0-FRZ-03 a freeze that nobody ends ends with its time")
  func expires() async throws {
    try await run { bench in
      _ = try await bench.redis.send(["SET", "table_freeze:player", "1", "EX", "1"])
      #expect(await bench.isRefused("player"))
      try await eventually("the freeze is over", within: .seconds(5)) { await !bench.isRefused("player") }
    }
  }

  @Test("without Redis: unknown is writable, what was frozen stays frozen, both are counted and shown", arguments: [false, true])
  func outage(halted: Bool) async throws {
    try await run { bench in
      _ = try await bench.redis.send(["SET", "table_freeze:player", "1", "EX", "1800"])
      #expect(await bench.isRefused("player"))
      #expect(await !bench.isRefused("agent"))
      if halted { bench.server.pause() } else { await bench.server.stopForRestart() }
      try await Task.sleep(for: .seconds(1))
      let start = ContinuousClock.now
      #expect(await bench.isRefused("player"))
      #expect(await !bench.isRefused("agent"))
      #expect(await !bench.isRefused("wallet_ledger"))
      #expect(start.duration(to: .now) < .seconds(2), "nobody waits long for a Redis that is gone")
      for table in ["player", "agent", "wallet_ledger"] {
        #expect(bench.metric("table_freeze_unknown_total", table) == "1", "\(table)")
      }
      #expect(bench.freeze.status.frozen == ["player"])
      #expect(Set(bench.freeze.status.unknown).isSuperset(of: ["player", "agent", "wallet_ledger"]))
      if halted { bench.server.resume() } else { try await bench.server.startAgain() }
      try await eventually("Redis is asked again", within: .seconds(20)) {
        _ = await bench.isRefused("wallet_ledger")
        return !bench.freeze.status.unknown.contains("wallet_ledger")
      }
    }
  }

  @Test("a value that is none of the runbook's freezes too, and a key of another type doesn't break the others")
  func oddValues() async throws {
    try await run { bench in
      _ = try await bench.redis.set("table_freeze:player", "yes")
      _ = try await bench.redis.send(["LPUSH", "table_freeze:agent", "1"])
      #expect(await bench.isRefused("player"))
      #expect(await !bench.isRefused("agent"))
      #expect(await !bench.isRefused("wallet_ledger"))
    }
  }

  @Test("the watch shows what is frozen in the metrics while nobody writes")
  func watch() async throws {
    try await run { bench in
      let watch = Task { await bench.freeze.run() }
      defer { watch.cancel() }
      _ = try await bench.redis.set("table_freeze:wallet_outbox", "1", expirySeconds: 60)
      try await eventually("it is shown") { bench.metric("table_freeze_active", "wallet_outbox") == "1" }
      _ = try await bench.redis.delete("table_freeze:wallet_outbox")
      try await eventually("and that it is over") { bench.metric("table_freeze_active", "wallet_outbox") == "0" }
    }
  }

  @Test("S0-FRZ-09 a family is its tables, a table's name is that table, and a schema tells the table from the family")
  func names() {
    #expect(TableFamily.tables(named: "player") == TableFamily.player.tables)
    #expect(TableFamily.tables(named: "cordon.player") == ["player"])
    #expect(TableFamily.tables(named: "wallet_ledger") == ["wallet_ledger"])
    #expect(TableFamily.tables(named: "wallet.wallet_ledger") == ["wallet_ledger"])
    #expect(TableFamily.tables(named: "nothing") == nil)
    #expect(Set(TableFamily.tables).count == TableFamily.tables.count)
  }
}
