import Foundation
import Kernel
import Platform
import TestSupport
import Testing

@testable import Game

/// Dead letters of the real pipeline, with real signatures, on a running wallet.
@Suite("Dead letters of real callbacks")
struct DeadLetterPipelineTests {
  private func run(_ body: @escaping @Sendable (GameBench) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.path + "/cordon-spool-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try await GameBench.run(settings: ["CORDON_GAME_SPOOL_DIR": directory]) { bench in
      await bench.service.deadLetters.prepare()
      try await body(bench)
    }
  }

  private func note(_ operation: String, _ transaction: String, account: String, amount: Int = 500, currency: String = "USD")
    -> ProviderNote
  {
    ProviderNote(operation: operation, transaction: transaction, amount: amount, currency: currency, account: account)
  }

  /// The player whom a callback named before there was one.
  private func mend(_ bench: GameBench) async throws {
    try await bench.database.psql(
      """
      BEGIN; SELECT set_config('app.brand_id', '2', true);
      INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES (2, 9, 'zoe', 'zoe', 'none'); COMMIT;
      """)
  }

  private func replay(_ id: Int, _ bench: GameBench, dryRun: Bool = false) async throws -> GameCall {
    try await bench.call("/internal/game/dead-letters/\(id)/replay\(dryRun ? "?dry_run=true" : "")", method: "POST", as: .admin)
  }

  private func onlyLetter(_ bench: GameBench) async throws -> Int {
    try await bench.number("SELECT max(id) FROM cordon.game_callback_dead_letter WHERE replay_status = 'pending'")
  }

  @Test(
    "each callback of nobody's account is answered with 200 in its provider's form, counted, and one row, and no row of any brand (S0-GAME-06, S0-GAME-12, S0-DLQ-02, S0-DLQ-15)",
    arguments: ProviderPen.all)
  func acknowledged(_ pen: ProviderPen) async throws {
    try await run { bench in
      let accounts = ["nobody_zoe", "brand2_zoe", "zoe", "default_", "x y'; --"]
      let operations = ["promo_win", "win", "rollback", "balance"]
      var answered = 0
      for (index, account) in accounts.enumerated() {
        for operation in operations {
          let reply = try await bench.callback(pen, self.note(operation, "t-\(index)-\(operation)", account: account))
          #expect(reply.status == 200, "\(account) \(operation): \(reply.text)")
          let reading = pen.read(reply.status, reply.body)
          #expect(!reading.term.isEmpty && reading.balance == nil, "\(reply.text)")
          answered += 1
        }
      }
      // An account that the profile's form doesn't allow is malformed, which is no dead letter.
      let rows = try await bench.number("SELECT count(*) FROM cordon.game_callback_dead_letter")
      #expect(rows >= 3 * operations.count && rows <= answered)
      let counted = ["raw_brand_unresolved", "raw_account_in_enforce", "raw_guid_in_enforce"].compactMap {
        bench.role.metric("game_callback_brand_unresolved_total", ["provider": pen.provider, "reason": $0])
      }
      #expect(counted.reduce(0, +) == Double(rows))
      #expect(bench.role.metric("game_callback_dead_letter_recorded_total", ["provider": pen.provider, "kept": "table"]) == Double(rows))
      #expect(try await bench.number("SELECT count(*) FROM cordon.game_callback") == 0)
      #expect(try await bench.number("SELECT count(*) FROM wallet.wallet_transaction") == 0)
    }
  }

  @Test(
    "a letter is replayed once its account is somebody's, without its signature, and its money moves once however often it is replayed (S0-WAL-39, S0-DLQ-08, S0-DLQ-17)",
    arguments: ProviderPen.all)
  func onceOnly(_ pen: ProviderPen) async throws {
    try await run { bench in
      let note = self.note("promo_win", "t-1", account: "brand2_zoe")
      #expect(try await bench.callback(pen, note).status == 200)
      let id = try await onlyLetter(bench)
      let stored = try await bench.database.psql("SELECT raw_body FROM cordon.game_callback_dead_letter")
      #expect(stored == "\\x" + Hexadecimal.encode(pen.body(note)))
      #expect(
        try await bench.database.psql("SELECT headers::text FROM cordon.game_callback_dead_letter").contains(
          pen.signature(of: pen.body(note))) == false)

      let unresolved = try await replay(id, bench)
      #expect(unresolved.status == 409 && unresolved.text.contains("unresolved"), "\(unresolved.text)")
      #expect(try await bench.number("SELECT count(*) FROM cordon.game_callback_dead_letter") == 1, "a replay makes no new letter")
      try await mend(bench)
      try await eventually("the account is somebody's") { try await replay(id, bench, dryRun: true).member("effect") == "applies" }
      #expect(try await bench.total(brand: 2, player: 9) == 0)
      let first = try await replay(id, bench)
      #expect(first.status == 200 && first.member("effect") == "applies", "\(first.text)")
      #expect(try await bench.total(brand: 2, player: 9) == 500)
      #expect(try await replay(id, bench).status == 409)

      // As if the process had died between the wallet's commit and the letter's.
      try await bench.database.psql(
        """
        SET session_replication_role = replica;
        UPDATE cordon.game_callback_dead_letter SET replay_status = 'pending', replayed_at = NULL, replay_request_id = NULL
        """)
      let second = try await replay(id, bench)
      #expect(second.status == 200 && second.member("effect") == "duplicate", "\(second.text)")
      #expect(try await bench.total(brand: 2, player: 9) == 500)
      #expect(try await bench.number("SELECT count(*) FROM wallet.wallet_transaction WHERE brand_id = 2 AND player_id = 9") == 1)
      // The provider's own repetition is the same again.
      #expect(try await bench.callback(pen, note).status == 200)
      #expect(try await bench.total(brand: 2, player: 9) == 500)
    }
  }

  @Test("a letter whose id was used for something else, or under another brand, is refused and stays pending", arguments: ProviderPen.all)
  func refused(_ pen: ProviderPen) async throws {
    try await run { bench in
      for transaction in ["t-conflict", "t-other"] {
        #expect(try await bench.callback(pen, self.note("promo_win", transaction, account: "brand2_zoe")).status == 200)
      }
      let (conflict, other) = (try await onlyLetter(bench) - 1, try await onlyLetter(bench))
      try await mend(bench)
      try await eventually("the account is somebody's") { try await replay(other, bench, dryRun: true).member("effect") == "applies" }
      _ = try await bench.callback(pen, self.note("promo_win", "t-conflict", account: "brand2_alice", amount: 700))
      _ = try await bench.callback(pen, self.note("promo_win", "t-other", account: "default_alice", currency: "EUR"))
      for (id, effect) in [(conflict, "conflict"), (other, "other_brand")] {
        let answer = try await replay(id, bench)
        #expect(answer.status == 409 && answer.text.contains(effect), "\(answer.text)")
      }
      #expect(try await bench.total(brand: 2, player: 9) == 0)
      #expect(try await bench.number("SELECT count(*) FROM cordon.game_callback_dead_letter WHERE replay_status = 'pending'") == 2)
    }
  }

  @Test(
    "a table that refuses changes nothing for the provider, who is asked again only when the spool refuses too (S0-DLQ-04, S0-GAME-12)",
    arguments: ProviderPen.all)
  func withoutTable(_ pen: ProviderPen) async throws {
    try await run { bench in
      let note = self.note("promo_win", "t-1", account: "nobody_zoe")
      let usual = try await bench.callback(pen, note)
      try await bench.database.psql("REVOKE INSERT ON cordon.game_callback_dead_letter FROM cordon_app")
      let started = ContinuousClock.now
      let refused = try await bench.callback(pen, note)
      #expect(refused.status == usual.status && refused.body == usual.body)
      #expect(ContinuousClock.now - started < .seconds(2))
      #expect(bench.role.metric("game_callback_dead_letter_recorded_total", ["provider": pen.provider, "kept": "spool"]) == 1)
      let directory = bench.role.context.configuration.text(Settings.gameSpoolDirectory) ?? ""
      try FileManager.default.moveItem(atPath: directory, toPath: directory + "-away")
      let asked = try await bench.callback(pen, note)
      #expect(asked.body != usual.body, "it must not be acknowledged: \(asked.text)")
      #expect(bench.role.metric("game_callback_dead_letter_recorded_total", ["provider": pen.provider, "kept": "refused"]) == 1)
      try FileManager.default.moveItem(atPath: directory + "-away", toPath: directory)
      try await bench.database.psql("GRANT INSERT ON cordon.game_callback_dead_letter TO cordon_app")
      await bench.service.deadLetters.round()
      #expect(try await bench.number("SELECT count(*) FROM cordon.game_callback_dead_letter") == 2)
    }
  }
}
