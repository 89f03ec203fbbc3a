import Foundation
import HTTPTypes
import Kernel
import Logging
import Platform
import Postgres
import TestSupport
import Testing

@testable import Game

@Suite("Keeping dead letters")
struct DeadLetterRecorderTests {
  private struct RolledBack: Error {}

  /// A gate that an operator closed.
  private struct Frozen: WriteGate {
    func admit(writesTo tables: [String]) async throws(PostgresError) {
      throw PostgresError(.paused, "frozen", table: tables.first, operation: "write")
    }
  }

  @Test("a letter is kept with its bytes, headers, reason and request, pending (S0-DLQ-01)")
  func whole() async throws {
    try await DeadLetterBench.run { bench async throws in
      let letter = DeadLetterBench.letter("brandx_alice", headers: [.contentType: "application/json", .userAgent: "mg/2"])
      #expect(await bench.office.recorder.record(letter) == .table)
      #expect(
        try await bench.psql(
          """
          SELECT concat_ws('|', provider, operation, method, path, outbound_account, payload_json ->> 'id', convert_from(raw_body, 'UTF8'),
            content_type, headers ->> 'user-agent', reason, request_id, replay_status, coalesce(notes, '-')) FROM game_callback_dead_letter
          """)
          == "mg|bet|POST|/callbacks/mg/bet|brandx_alice|t-1|{\"amount\":100,\"id\":\"t-1\"}|application/json|mg/2|raw_brand_unresolved|r-1|pending|-"
      )
      #expect(await bench.office.recorder.record(letter) == .table)
      #expect(try await bench.rows == 1, "twice taken in is one row")
    }
  }

  @Test("it is committed before the recorder returns, whatever becomes of the caller's transaction and of the caller (S0-DLQ-03)")
  func independent() async throws {
    try await DeadLetterBench.run { bench async throws in
      let caller = Database(try DatabaseConfiguration(url: bench.database.url), logger: bench.role.context.logger)
      await #expect(throws: RolledBack.self) {
        try await caller.withPlatform { transaction in
          try await transaction.execute("UPDATE cordon.game_callback_dead_letter SET notes = 'rolled back'")
          #expect(await bench.office.recorder.record(DeadLetterBench.letter()) == .table)
          throw RolledBack()
        }
      }
      await caller.close()
      #expect(try await bench.rows == 1)
      // A provider that hangs up cancels the request's task.
      let cancelled = Task { await bench.office.recorder.record(DeadLetterBench.letter()) }
      cancelled.cancel()
      #expect(await cancelled.value == .table)
      #expect(try await bench.rows == 2)
    }
  }

  @Test("every one of 200 letters at once is kept, once (S0-DLQ-02)")
  func burst() async throws {
    try await DeadLetterBench.run { bench async throws in
      let receipts = await withTaskGroup(of: DeadLetterReceipt.self) { group in
        for number in 0..<200 { group.addTask { await bench.office.recorder.record(DeadLetterBench.letter("a-\(number)")) } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      // On a slow machine some wait in the spool.
      #expect(receipts.allSatisfy { $0.isKept })
      try await drained(bench)
      #expect(try await bench.psql("SELECT count(DISTINCT outbound_account) FROM game_callback_dead_letter") == "200")
      #expect(try await bench.rows == 200)
    }
  }

  @Test("a body that jsonb or text can't hold is kept byte for byte all the same")
  func hostile() async throws {
    try await DeadLetterBench.run { bench async throws in
      let bodies: [[UInt8]] = [
        [], [0, 255, 254], Array(#"{"a":"\u0000"}"#.utf8), Array("1e400000".utf8), Array(#"{"a":1,"a":2}"#.utf8), Array("<x>&#0;</x>".utf8),
        Array(String(repeating: "[", count: 10_000).utf8), (0..<65_536).map { UInt8(truncatingIfNeeded: $0) },
      ]
      for body in bodies {
        let letter = DeadLetterBench.letter(bytes: body, "n\u{0}'; DROP TABLE x; --\u{202E}" + String(repeating: "z", count: 5000))
        #expect(await bench.office.recorder.record(letter) == .table)
        let kept = try await bench.psql("SELECT encode(raw_body, 'hex') FROM game_callback_dead_letter WHERE letter_id = '\(letter.id)'")
        #expect(kept == Hexadecimal.encode(body))
      }
    }
  }

  @Test(
    "a table that refuses is a warning and a count, not a failure: the letter waits in the spool, and goes in when the table takes it (S0-DLQ-04)"
  )
  func refused() async throws {
    try await DeadLetterBench.run { bench async throws in
      try await bench.psql("REVOKE INSERT ON game_callback_dead_letter FROM cordon_app")
      let letter = DeadLetterBench.letter()
      let started = ContinuousClock.now
      #expect(await bench.office.recorder.record(letter) == .spool)
      #expect(ContinuousClock.now - started < .seconds(1))
      #expect(bench.role.metric("game_callback_dead_letter_write_failed_total", ["provider": "mg"]) == 1)
      #expect(bench.role.metric("game_callback_dead_letter_recorded_total", ["provider": "mg", "kept": "spool"]) == 1)
      #expect(bench.role.logs.lines(with: "callback_dead_letter_write_failed", "warning", "r-1").count == 1)
      await bench.office.round()
      #expect(try bench.files == ["\(letter.id).letter"])
      #expect(bench.role.metric("game_callback_dead_letter_spool_files") == 1)
      #expect(bench.office.warnings.first?.contains("1 game callbacks wait in the spool") == true)
      try await bench.psql("GRANT INSERT ON game_callback_dead_letter TO cordon_app")
      await bench.office.round()
      #expect(try bench.files == [])
      #expect(try await bench.psql("SELECT letter_id FROM game_callback_dead_letter") == "\(letter.id)")
      #expect(bench.role.metric("game_callback_dead_letter_drained_total", ["provider": "mg"]) == 1)
      #expect(bench.role.metric("game_callback_dead_letter_spool_files") == 0)
      #expect(bench.office.warnings == [])
    }
  }

  @Test("a database that hangs costs a callback less than a second; a killed one loses nothing (S0-DLQ-15, S0-DLQ-04)")
  func outage() async throws {
    let server = try await TestPostgresServer.start()
    do {
      try await TestDatabase.lease { shared in
        // The role's database is out of reach; the bench's own queries go to the shared server, which is not asked here.
        let url = try server.superuserURL()
        try await Self.migrate(url)
        try await DeadLetterBench.run(on: shared, url: url) { bench in
          #expect(await bench.office.recorder.record(DeadLetterBench.letter()) == .table)
          server.pause()
          var slowest = Duration.zero
          for number in 0..<20 {
            let started = ContinuousClock.now
            #expect(await bench.office.recorder.record(DeadLetterBench.letter("hang-\(number)")) == .spool)
            slowest = max(slowest, .now - started)
          }
          #expect(slowest < .seconds(1), "\(slowest)")
          server.resume()
          await server.crash()
          for number in 0..<20 {
            #expect(await bench.office.recorder.record(DeadLetterBench.letter("dead-\(number)")) == .spool)
          }
          #expect(try bench.files.count == 40)
          try await server.startAgain()
          try await self.drained(bench)
          let rows = try await Psql.run("SELECT count(*), count(DISTINCT letter_id) FROM cordon.game_callback_dead_letter", at: url)
          #expect(rows == "41|41")
        }
      }
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  private static func migrate(_ url: String) async throws {
    let migrations = try MigrationFolder.load(directory: MigrationFiles.directory)
    try await Migrator(DatabaseConfiguration(url: url), migrations: migrations, logger: .init(label: "test")).migrate()
  }

  @Test("dying between COMMIT and the end of the file makes no second row (S0-DLQ-15)")
  func committedTwice() async throws {
    try await DeadLetterBench.run { bench async throws in
      let letter = DeadLetterBench.letter()
      try bench.spool.write(letter)
      // What the worker does up to the step at which it dies.
      #expect(await bench.office.recorder.record(letter) == .table)
      #expect(try bench.files.count == 1)
      await bench.office.round()
      #expect(try bench.files == [])
      #expect(try await bench.rows == 1)
    }
  }

  @Test("a frozen table is a queue: callbacks are kept in the spool, and no row changes until it is cleared (S0-RB-15)")
  func frozen() async throws {
    try await TestDatabase.lease { database in
      try await DeadLetterBench.run(on: database, url: database.url, gate: Frozen()) { bench async throws in
        for number in 0..<5 { #expect(await bench.office.recorder.record(DeadLetterBench.letter("f-\(number)")) == .spool) }
        await bench.office.round()
        #expect(try await bench.rows == 0)
        #expect(try bench.files.count == 5)
      }
    }
  }

  @Test("a letter that can be kept nowhere is told to be refused, counted and logged: its callback must not be acknowledged")
  func nowhere() async throws {
    try await DeadLetterBench.run(bounds: .init(filesMax: 1)) { bench in
      try await bench.psql("REVOKE INSERT ON game_callback_dead_letter FROM cordon_app")
      #expect(await bench.office.recorder.record(DeadLetterBench.letter()) == .spool)
      #expect(await bench.office.recorder.record(DeadLetterBench.letter()) == .refused)
      #expect(bench.role.metric("game_callback_dead_letter_recorded_total", ["provider": "mg", "kept": "refused"]) == 1)
      #expect(bench.role.logs.lines(with: "callback_dead_letter_refused", "the spool is full").count == 1)
    }
  }

  @Test("a row that the table will never take is set aside and told, and doesn't stop the others")
  func poison() async throws {
    try await DeadLetterBench.run { bench async throws in
      try await bench.psql("ALTER TABLE game_callback_dead_letter ADD CONSTRAINT test_check CHECK (outbound_account <> 'poison')")
      try bench.spool.write(DeadLetterBench.letter("poison"))
      try bench.spool.write(DeadLetterBench.letter("good"))
      await bench.office.round()
      #expect(try bench.files == [])
      #expect(try await bench.psql("SELECT outbound_account FROM game_callback_dead_letter") == "good")
      #expect(bench.role.metric("game_callback_dead_letter_spool_aside_files") == 1)
      #expect(bench.office.warnings.first?.contains("set aside") == true)
    }
  }

  @Test("how many letters wait for a person, and for how long, is shown by provider")
  func backlog() async throws {
    try await DeadLetterBench.run { bench async throws in
      _ = try await bench.kept()
      _ = try await bench.kept()
      await bench.office.watchBacklog()
      #expect(bench.role.metric("game_callback_dead_letter_pending", ["provider": "mg"]) == 2)
      #expect(bench.role.metric("game_callback_dead_letter_pending", ["provider": "bti"]) == 0)
      try await bench.psql("UPDATE game_callback_dead_letter SET replay_status = 'abandoned', abandoned_at = now()")
      await bench.office.watchBacklog()
      #expect(bench.role.metric("game_callback_dead_letter_pending", ["provider": "mg"]) == 0)
      #expect(bench.role.metric("game_callback_dead_letter_pending_oldest_seconds", ["provider": "mg"]) == 0)
    }
  }

  private func drained(_ bench: DeadLetterBench) async throws {
    try await eventually("the spool is empty", every: .milliseconds(200)) {
      await bench.office.round()
      return try bench.files.isEmpty
    }
  }
}
