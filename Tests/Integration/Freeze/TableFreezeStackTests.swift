import Composition
import Contracts
import Foundation
import Kernel
import Logging
import Platform
import Redis
import TestSupport
import Testing

/// Frozen tables beneath a running stack: every family of tables, every writer that this release has.
@Suite("Table freezes beneath a running stack", .serialized)
struct TableFreezeStackTests {
  @Test("S0-FRZ-04 S0-FRZ-05 S0-FRZ-06 each writer refuses with 503 service_paused while its tables are frozen, and reads go on")
  func everyWriter() async throws {
    try await run { bench in
      for writer in try await bench.writers() {
        #expect(try await writer.call() < 300, "\(writer.name) before")
        for table in writer.tables {
          let before = try await bench.refusals(table, at: writer.role)
          try await bench.set(table)
          // By the table's own count: the table before it may not be over yet.
          try await eventually("\(writer.name) refuses because of \(table)", within: .seconds(10), every: .milliseconds(50)) {
            _ = try await writer.call()
            return try await bench.refusals(table, at: writer.role) > before
          }
          let reply = try await writer.send()
          #expect(reply.summary == "503 service_paused", "\(writer.name) \(table): \(reply.text)")
          #expect(reply.headers["retry-after"] == "5", "\(writer.name) \(table)")
          for read in bench.reads {
            #expect(try await read().status == 200, "a read while \(table) is frozen")
          }
          try await bench.clear(table)
        }
        try await eventually("\(writer.name) writes again", within: .seconds(10)) { try await writer.call() < 300 }
      }
    }
  }

  @Test("S0-FRZ-04 a frozen outbox stops the publishing of that outbox alone, and nothing is published twice")
  func outbox() async throws {
    try await run { bench in
      try await bench.set("wallet_outbox")
      try await bench.settle()
      let before = try await bench.streamLength("wallet:events")
      _ = try await bench.stack.psql(
        """
        INSERT INTO wallet.wallet_outbox (brand_id, event_id, event_type, payload)
        VALUES (1, '019a0000-0000-7000-8000-00000000f001', 'wallet.test',
          '{"brand_id":1,"event_id":"019a0000-0000-7000-8000-00000000f001"}')
        """)
      try await eventually("the worker says so") { bench.stack.log.contains("writes to wallet_outbox are paused") }
      let player = try await bench.stack.player("meanwhile", on: bench.stack.brands[0])
      try await eventually("players' events go out") {
        try await bench.stack.psql("SELECT published_at IS NOT NULL FROM player_outbox WHERE payload ->> 'player_id' = '\(player.id)'")
          .hasPrefix("t")
      }
      #expect(try await bench.streamLength("wallet:events") == before)
      try await bench.clear("wallet_outbox")
      try await eventually("the event goes out") { try await bench.streamLength("wallet:events") == before + 1 }
      try await Task.sleep(for: .seconds(1))
      #expect(try await bench.streamLength("wallet:events") == before + 1)
    }
  }

  @Test("S0-FRZ-07 all roles of a process ask once a second together, and a loop of writes is refused from the first second on")
  func rate() async throws {
    try await run { bench in
      let writer = try #require(try await bench.writers().first)
      let began = ContinuousClock.now
      let before = try await bench.commands("mget")
      try await bench.set("wallet_ledger")
      let start = ContinuousClock.now
      var late: [Int] = []
      while start.duration(to: .now) < .seconds(4) {
        let age = start.duration(to: .now)
        let status = try await writer.call()
        if age >= .seconds(1), status != 503 { late.append(status) }
        try await Task.sleep(for: .milliseconds(100))
      }
      #expect(late == [])
      let asked = try await bench.commands("mget") - before
      let seconds = Int(began.duration(to: .now).components.seconds)
      #expect(asked <= seconds + 1, "\(asked) questions in \(seconds) s")
    }
  }

  @Test("S0-FRZ-02 S0-FRZ-03 S0-FRZ-08 S0-FRZ-09 the command freezes a family, says how long, clears it, and each act is audited")
  func command() async throws {
    try await run { bench in
      let cordon = CordonProgram(environment: ["CORDON_ENV": "local", "CORDON_CONFIG_FILE": bench.stack.configurationFile])
      let act = ["--operator-id", "ops-9", "--reason", "migration 27"]
      #expect(try await cordon.run(["freeze", "set", "wallet"]).status == 2, "nobody signs")
      #expect(try await cordon.run(["freeze", "set", "wallets"] + act).status == 4)
      #expect(try await cordon.run(["freeze", "set", "wallet", "--ttl", "1801"] + act).status == 2)
      #expect(try await cordon.run(["freeze", "set", "wallet", "--ttl", "0"] + act).status == 2)
      #expect(try await cordon.run("freeze", "status").output == "no table is frozen\n")

      let frozen = try await cordon.run(["freeze", "set", "wallet", "--json"] + act)
      #expect(frozen.status == 0 && frozen.output.contains(#""drained":true"#), "\(frozen.messages)")
      // It has bitten when the command returns.
      for writer in try await bench.writers() where writer.tables.contains("wallet_ledger") {
        #expect(try await writer.send().summary == "503 service_paused", "\(writer.name)")
      }
      let status = try await cordon.run("freeze", "status", "--json")
      struct Line: Decodable {
        let table: String
        let family: String
        let seconds: Int

        enum CodingKeys: String, CodingKey {
          case table, family
          case seconds = "seconds_left"
        }
      }
      let lines = try JSONDecoder().decode([Line].self, from: Data(status.output.utf8))
      #expect(Set(lines.map(\.table)) == Set(TableFamily.wallet.tables))
      #expect(lines.allSatisfy { $0.family == "wallet" && (1700...1800).contains($0.seconds) })
      let health = try await bench.stack.client.send("GET", "/health", at: bench.stack.url(.walletService)).decode(HealthBody.self)
      #expect(health.frozenTables == TableFamily.wallet.tables.sorted() && health.freezeUnknownTables == [])

      #expect(try await cordon.run(["freeze", "clear", "wallet"] + act).status == 0)
      try await bench.set("player_session")
      let sessions = try await cordon.run(["sessions", "invalidate", "--all", "--yes"] + act)
      #expect(sessions.status == 75 && sessions.messages.contains("writes to player_session are paused"), "\(sessions.messages)")
      try await bench.clear("player_session")
      #expect(try await cordon.run(["freeze", "clear", "wallet_ledger"] + act).output == "no table is frozen\n")
      let audited = try await bench.stack.psql(
        """
        SELECT action, count(*), count(DISTINCT resource_key), min(operator_id), min(reason), min(new_value ->> 'ttl_seconds'),
          count(old_value) FROM admin_audit WHERE resource = 'table_freeze' AND brand_id IS NULL GROUP BY action ORDER BY action
        """)
      let count = TableFamily.wallet.tables.count
      #expect(
        audited.split(separator: "\n") == [
          "TABLE_FREEZE_CLEAR|\(count + 1)|\(count)|ops-9|migration 27||\(count)",
          "TABLE_FREEZE_SET|\(count)|\(count)|ops-9|migration 27|1800|0",
        ])
    }
  }

  @Test("S0-FRZ-09 the command waits for transactions of before, and says so when one doesn't end")
  func drain() async throws {
    try await run { bench in
      let cordon = CordonProgram(environment: ["CORDON_ENV": "local", "CORDON_CONFIG_FILE": bench.stack.configurationFile])
      let act = ["--operator-id", "ops-9", "--reason", "drill", "--drain-seconds", "1"]
      let slow = Task {
        try await bench.stack.psql(
          "BEGIN; UPDATE cordon.agent SET name = name; SELECT pg_sleep(6); COMMIT")
      }
      try await eventually("the transaction holds its lock") {
        try await bench.stack.psql("SELECT count(*) FROM pg_locks WHERE relation = 'cordon.agent'::regclass AND mode = 'RowExclusiveLock'")
          .hasPrefix("1")
      }
      let early = try await cordon.run(["freeze", "set", "cordon.agent"] + act)
      #expect(early.status == 75 && early.messages.contains("1 transactions"), "\(early.messages)")
      #expect(try await bench.redis.exists("table_freeze:agent"), "the freeze stands")
      _ = try await slow.value
      #expect(try await cordon.run(["freeze", "set", "cordon.agent"] + act).status == 0)
    }
  }

  @Test("S0-FRZ-03 a freeze that is held outlives its time, and ends with the command or with a clear")
  func hold() async throws {
    try await run { bench in
      let cordon = CordonProgram(environment: ["CORDON_ENV": "local", "CORDON_CONFIG_FILE": bench.stack.configurationFile])
      let held = try cordon.start(
        "freeze", "set", "cordon.agent", "--ttl", "3", "--drain-seconds", "0", "--hold", "--operator-id", "ops-9", "--reason", "drill")
      try await eventually("it is frozen") { try await bench.redis.exists("table_freeze:agent") }
      for _ in 0..<50 {
        #expect(try await bench.redis.exists("table_freeze:agent"))
        try await Task.sleep(for: .milliseconds(100))
      }
      _ = try await bench.redis.delete("table_freeze:agent")
      #expect(await held.status() == 5)
    }
  }

  @Test("S0-FRZ-04 every table belongs to exactly one family, so that none can be forgotten")
  func families() async throws {
    try await TestDatabase.lease { database in
      let names = try await database.psql(
        """
        SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname IN (
          'cordon', 'wallet', 'security', 'authz', 'governance', 'evidence')
        """
      ).split(separator: "\n").map { String($0) }
      // The ladder itself is written by migrations, which are what a freeze makes room for.
      let expected = Set(names).subtracting(["schema_migrations"])
      #expect(Set(names).count == names.count, "a freeze knows tables without their schemas")
      #expect(expected.subtracting(TableFamily.tables) == [], "tables without a family: add them to TableFamily")
      #expect(Set(TableFamily.tables).subtracting(expected) == [], "no such table")
    }
  }

  private func run(_ body: @escaping @Sendable (FreezeBench) async throws -> Void) async throws {
    try await RunningStack.run { stack in
      let redis = RedisClient(try .patient(url: stack.redis.url), logger: Logger(label: "freeze") { _ in SwiftLogNoOpLogHandler() })
      let work = Task { await redis.run() }
      defer { work.cancel() }
      try await body(try await FreezeBench.prepare(stack, redis))
    }
  }
}
