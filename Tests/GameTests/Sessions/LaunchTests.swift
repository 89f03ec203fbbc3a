import Contracts
import Kernel
import TestSupport
import Testing

@testable import Game

@Suite("Opening games")
struct LaunchTests {
  @Test("the provider gets {brand_code}_{account}, and a token that is kept as a digest alone (S0-GAME-01)", arguments: ProviderPen.all)
  func launch(pen: ProviderPen) async throws {
    try await GameBench.run { bench in
      let reply = try await bench.call(
        "/internal/game/launch", method: "POST", brand: "2", body: #"{"player_id":2,"provider":"\#(pen.provider)","game":"slot"}"#)
      #expect(reply.status == 201)
      #expect(reply.member("account") == "brand2_alice_e2e")
      let token = try #require(reply.member("session_token"))
      #expect(
        reply.member("launch_url") == "https://\(pen.provider).example/play?account=brand2_alice_e2e&token=\(token)&game=slot&currency=USD")
      let kept = try await bench.database.psql("SELECT encode(token_digest, 'escape') FROM cordon.game_session WHERE brand_id = 2")
      #expect(!kept.contains(token))
      #expect(bench.role.logs.lines(with: token).isEmpty)
      #expect(try await bench.number("SELECT count(*) FROM cordon.game_session WHERE token_digest = sha256('\(token)')") == 1)
    }
  }

  @Test("a player opens a game through the gateway, and nobody else in a player's name")
  func player() async throws {
    try await GameBench.run { bench in
      let session = [HeaderNames.playerID: "1", HeaderNames.sessionID: "0190a000-0000-7000-8000-000000000001"]
      let reply = try await bench.call("/v1/games/mg/slot-1/launch", method: "POST", brand: "1", headers: session)
      #expect(reply.status == 201)
      #expect(reply.member("account") == "default_alice")
      #expect(try await bench.call("/v1/games/mg/slot-1/launch", method: "POST", as: .player, brand: "1", headers: session).status == 403)
      #expect(try await bench.call("/v1/games/nobody/slot-1/launch", method: "POST", brand: "1", headers: session).status == 404)
    }
  }

  @Test("what doesn't fit goes out under an alias that stays the same and reads back, for two who ask at once too (S0-GAME-17)")
  func alias() async throws {
    try await GameBench.run { bench in
      try await bench.database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '1', true);
        INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash)
          VALUES (1, 9, 'a.very.long.account.with.dots', 'a.very.long.account.with.dots', 'none'); COMMIT;
        """)
      let names = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<8 { group.addTask { try await bench.launch("bti", player: 9).account } }
        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
      }
      let alias = try #require(names.first)
      #expect(names.count == 1)
      #expect(alias.hasPrefix("01_"))
      let whose = try await bench.call("/internal/game/reverse-parse-account?provider=bti&account=\(alias)")
      #expect(whose.number("player_id") == 9)
      #expect(whose.member("form") == "alias")
      // At another provider, or for another brand, it is nobody's.
      #expect(try await bench.call("/internal/game/reverse-parse-account?provider=wc&account=\(alias)").number("player_id") == nil)
      #expect(
        try await bench.call("/internal/game/reverse-parse-account?provider=bti&account=02\(alias.dropFirst(2))").number("player_id") == nil
      )
      try await bench.deposit(100, player: 9)
      var balance = ProviderNote(operation: "balance", transaction: "q")
      balance.account = alias
      let reply = try await bench.callback(ProviderPen(provider: "bti"), balance)
      #expect(ProviderPen(provider: "bti").read(reply.status, reply.body).balance == 100)
    }
  }

  @Test(
    "another brand's player is counted and refused, by command and mode (S0-GAME-14, S0-OBS-13)",
    arguments: [EnforcementMode.enforce, .observe])
  func foreignPlayer(mode: EnforcementMode) async throws {
    try await GameBench.run(enforcement: mode) { bench in
      try await bench.database.psql(
        """
        BEGIN; SELECT set_config('app.brand_id', '2', true);
        INSERT INTO cordon.player (brand_id, player_id, account, account_key, password_hash) VALUES (2, 77, 'carol', 'carol', 'none'); COMMIT;
        """)
      let reply = try await bench.call(
        "/internal/game/launch", method: "POST", brand: "1", body: #"{"player_id":77,"provider":"mg","game":"slot"}"#)
      #expect(reply.member("reason") == (mode == .enforce ? "cross_brand_rejected" : "player_not_found"))
      #expect(bench.role.metric("game_cross_brand_rejected_total", ["command": "launch", "mode": mode.rawValue]) == 1)
      #expect(try await bench.number("SELECT count(*) FROM cordon.game_session") == 0)
    }
  }

  @Test("switches stop games and bets, per brand and provider, and never a win; each change is audited")
  func switches() async throws {
    try await GameBench.run { bench in
      let pen = ProviderPen(provider: "mg")
      try await bench.deposit(1000)
      let (token, _) = try await bench.play(pen)
      var bet = ProviderNote.bet("b1", 100)
      bet.token = token
      _ = try await bench.callback(pen, bet)
      func set(_ enabled: Bool, _ maintenance: Bool, as caller: CallerLabel = .admin) async throws -> Int {
        try await bench.call(
          "/internal/game/providers/mg", method: "PUT", as: caller, brand: "1",
          body: #"{"enabled":\#(enabled),"maintenance":\#(maintenance),"operator_id":"ops:alice","reason":"INC-7"}"#
        ).status
      }
      #expect(try await set(false, false, as: .gateway) == 403)
      #expect(try await set(true, true) == 200)
      (bet.transaction) = ("b2")
      #expect(try await bench.callback(pen, bet).status == 503)
      #expect(
        try await bench.call("/internal/game/launch", method: "POST", brand: "1", body: Self.ask).member("reason")
          == "game_provider_maintenance")
      #expect(try await set(false, false) == 200)
      #expect(try await bench.callback(pen, bet).member("status") == "RS_ERROR_INVALID_PARTNER")
      #expect(
        try await bench.call("/internal/game/launch", method: "POST", brand: "1", body: Self.ask).member("reason")
          == "game_provider_disabled")
      #expect(try await bench.call("/internal/game/launch", method: "POST", brand: "2", body: Self.ask).status == 201)
      #expect(try await bench.callback(pen, .win("w1", 50)).member("status") == "RS_OK")
      #expect(try await set(true, false) == 200)
      // It was refused for good; what was refused stays so.
      #expect(try await bench.callback(pen, bet).member("status") == "RS_ERROR_INVALID_PARTNER")
      let audit = try await bench.database.psql(
        "SELECT operator_id, action, resource_key, reason FROM cordon.admin_audit WHERE brand_id = 1 ORDER BY audit_id LIMIT 1")
      #expect(audit.contains("ops:alice|GAME_PROVIDER_SWITCH|mg|INC-7"))
      #expect(try await bench.number("SELECT count(*) FROM cordon.admin_audit WHERE action = 'GAME_PROVIDER_SWITCH'") == 3)
    }
  }

  private static let ask = #"{"player_id":1,"provider":"mg","game":"slot"}"#
}
