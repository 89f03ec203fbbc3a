import Kernel
import TestSupport
import Testing

@testable import Game

@Suite("A callback reaches the brand that its account names, or nobody")
struct CallbackBrandTests {
  @Test("the same account string in two brands is two players (S0-GAME-02, S0-GAME-04, S0-HARD-35)", arguments: ProviderPen.all)
  func twoBrands(pen: ProviderPen) async throws {
    try await GameBench.run { bench in
      try await bench.deposit(1000, brand: 1)
      try await bench.deposit(1000, brand: 2)
      let (token, account) = try await bench.play(pen, brand: 2)
      #expect(account == "brand2_alice")
      var bet = ProviderNote.bet("b1", 300)
      (bet.token, bet.account, bet.currency) = (token, account, "USD")
      let reply = try await bench.callback(pen, bet)
      #expect(pen.read(reply.status, reply.body).balance == 700)
      #expect(try await bench.total(brand: 1) == 1000)
      #expect(try await bench.total(brand: 2) == 700)
      // The other brand's token opens nothing here, and somebody is told (S0-GAME-14).
      var crossed = ProviderNote.bet("b2", 300)
      (crossed.token, crossed.account, crossed.round) = (token, "default_alice", "round-2")
      let refused = try await bench.callback(pen, crossed)
      #expect(pen.read(refused.status, refused.body).term == ModelDialect.of(pen.provider).words["expired"])
      #expect(bench.role.metric("game_cross_brand_rejected_total", ["command": "bet", "mode": "enforce"]) == 1)
      #expect(try await bench.total(brand: 1) == 1000)
    }
  }

  @Test(
    "an account that reads as nobody's is refused in the provider's form, counted, logged and written nowhere (S0-GAME-06, S0-GAME-07, S0-GAME-08, S0-GAME-12, S0-GAME-15, S0-OBS-17, S0-SMK-06, S0-HARD-22)",
    arguments: ProviderPen.all)
  func nobody(pen: ProviderPen) async throws {
    try await GameBench.run { bench in
      for (index, account) in ["nobrand_alice", "default_nobody", "_alice", "no brand at all"].enumerated() {
        var win = ProviderNote.win("w\(index)", 500)
        win.account = pen.provider == "bti" ? account.replacing(" ", with: "+") : account
        let reply = try await bench.callback(pen, win)
        #expect(reply.status == 200)
        #expect(reply.contentType == (pen.provider == "bti" ? "text/xml; charset=utf-8" : "application/json"))
        #expect(
          pen.read(reply.status, reply.body).term
            == ["mg": "RS_ERROR_INVALID_USER", "bti": "-21", "wc": "UNKNOWN_PLAYER"][pen.provider])
        #expect(
          bench.role.metric("game_callback_brand_unresolved_total", ["provider": pen.provider, "reason": "raw_brand_unresolved"])
            == Double(index + 1))
      }
      let lines = bench.role.logs.lines(
        with: #""event":"callback_brand_unresolved""#, #""outbound_account_raw":"nobrand_alice""#, #""provider":"\#(pen.provider)""#,
        #""request_id":""#)
      #expect(lines.count == 1)
      #expect(try await bench.number("SELECT count(*) FROM cordon.game_callback WHERE coalesce(brand_id, 0) = 0 OR true") == 0)
    }
  }

  @Test(
    "forms without a brand are refused and counted in enforce, and outside it taken, where they mean one player, and counted (S0-GAME-05, S0-ENF-23)",
    arguments: ProviderPen.all)
  func rawForms(pen: ProviderPen) async throws {
    for mode in [EnforcementMode.enforce, .observe] {
      try await GameBench.run(enforcement: mode) { bench in
        try await bench.deposit(1000)
        try await bench.database.psql(
          """
          BEGIN; SELECT set_config('app.brand_id', '1', true);
          INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash, guid)
          VALUES (1, 9, 'onlyone', 'onlyone', 'none', '0190a000-0000-7000-8000-000000000009'); COMMIT;
          """)
        let forms = [("onlyone", "raw_account_in_enforce"), ("0190a000-0000-7000-8000-000000000009", "raw_guid_in_enforce")]
        for (index, (account, reason)) in forms.enumerated() {
          var promo = ProviderNote(operation: "promo_win", transaction: "p\(index)", amount: 10)
          promo.account = account
          let reply = try await bench.callback(pen, promo)
          #expect(
            (pen.read(reply.status, reply.body).term == ModelDialect.of(pen.provider).words["ok"]) == (mode == .observe), "\(reply.text)")
          #expect(bench.role.metric("game_callback_brand_unresolved_total", ["provider": pen.provider, "reason": reason]) == 1)
        }
        #expect(try await bench.total(player: 9) == (mode == .observe ? 20 : 0))
        // Two brands have an alice, so the name alone is nobody's in every mode.
        var alice = ProviderNote(operation: "promo_win", transaction: "p9", amount: 10)
        alice.account = "alice"
        let reply = try await bench.callback(pen, alice)
        #expect(pen.read(reply.status, reply.body).term != ModelDialect.of(pen.provider).words["ok"])
        #expect(try await bench.total() == 1000)
      }
    }
  }

  @Test("a known test account is refused like the others and raises no alarm (S0-GAME-11)")
  func allowList() async throws {
    try await GameBench.run(settings: ["GAME_CALLBACK_ALLOWLIST": #"{"mg":"probe_1, probe_2"}"#]) { bench in
      var win = ProviderNote.win("w1", 500)
      win.account = "probe_2"
      let reply = try await bench.callback(ProviderPen(provider: "mg"), win)
      #expect(reply.member("status") == "RS_ERROR_INVALID_USER")
      #expect(
        bench.role.metric("game_callback_brand_unresolved_total", ["provider": "mg", "reason": "raw_brand_unresolved"]) == 0)
      #expect(bench.role.metric("game_callback_allowlisted_total", ["provider": "mg"]) == 1)
    }
  }

  @Test("reverse parsing says whose an account is (S0-E2E-19, S0-E2E-27)")
  func reverseParse() async throws {
    try await GameBench.run { bench in
      for (account, brand) in [("default_alice_e2e", 1), ("brand2_alice_e2e", 2)] {
        let reply = try await bench.call("/internal/game/reverse-parse-account?provider=mg&account=\(account)")
        #expect(reply.status == 200)
        #expect(reply.number("brand_id") == brand)
        #expect(reply.number("player_id") == 2)
      }
      #expect(try await bench.call("/internal/game/reverse-parse-account?account=nobrand_alice").status == 404)
      #expect(
        try await GameBench.send(bench.role.url + "/internal/game/reverse-parse-account?account=default_alice", "GET", [], [:]).status
          == 401)
    }
  }
}
