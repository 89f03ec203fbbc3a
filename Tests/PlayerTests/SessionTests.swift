internal import Contracts
internal import Foundation
internal import Kernel
internal import Platform
internal import Player
internal import Postgres
internal import Redis
@testable internal import Security
internal import TestSupport
internal import Testing

@Suite struct SessionTests {
  @Test("A refresh gives another pair of the same session, and prolongs it")
  func rotation() async throws {
    try await PlayerBench.run { bench in
      var pair = try await bench.session()
      let session = pair.sessionID
      for generation in 2...4 {
        bench.clock.advance(bySeconds: 60)
        let next = try await bench.refresh(pair.refreshToken).pair()
        #expect(next.sessionID == session)
        #expect(next.accessToken != pair.accessToken)
        #expect(next.refreshToken != pair.refreshToken)
        #expect(try await bench.number("SELECT max(generation) FROM cordon.player_refresh_token") == generation)
        pair = next
      }
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_refresh_token WHERE used_at IS NULL") == 1)
      #expect(try await bench.isMarked(pair))
    }
  }

  @Test("A used refresh token ends the whole family, once: every token of it is worthless afterwards")
  func reuse() async throws {
    try await PlayerBench.run { bench in
      let first = try await bench.session()
      let second = try await bench.refresh(first.refreshToken).pair()
      let third = try await bench.refresh(second.refreshToken).pair()
      let stolen = try await bench.refresh(first.refreshToken)
      #expect(stolen.status == 401)
      #expect(stolen.reason == "refresh_reused")
      #expect(bench.role.metric("player_refresh_reused_total") == 1)
      #expect(try await !bench.isMarked(third))
      for pair in [first, second, third] { #expect(try await bench.refresh(pair.refreshToken).reason == "session_missing") }
      #expect(
        try await bench.number("SELECT count(*) FROM cordon.player_session WHERE revoked_reason = 'refresh_reuse'") == 1)
      #expect(try await bench.logIn().status == 200)
    }
  }

  @Test("Of concurrent uses of one refresh token exactly one gets a pair")
  func concurrentRefresh() async throws {
    try await PlayerBench.run { bench in
      for round in 0..<5 {
        let pair = try await bench.session("alice\(round)")
        let calls = try await withThrowingTaskGroup(of: PlayerCall.self) { group in
          for _ in 0..<6 { group.addTask { try await bench.refresh(pair.refreshToken) } }
          return try await group.reduce(into: [PlayerCall]()) { $0.append($1) }
        }
        #expect(calls.filter { $0.status == 200 }.count == 1)
        #expect(calls.filter { $0.reason == "refresh_reused" }.count == 1)
        #expect(calls.filter { $0.reason == "session_missing" }.count == 4)
        #expect(try await !bench.isMarked(pair))
      }
    }
  }

  @Test("S0-JWT-13 a refresh token of another brand, or of none, is refused, counted, and stays good at home")
  func otherBrand() async throws {
    try await PlayerBench.run { bench in
      let pair = try await bench.session()
      try await bench.register(brand: 2)
      let foreign = try await bench.refresh(pair.refreshToken, brand: 2)
      #expect(foreign.status == 403)
      #expect(foreign.reason == "jwt_domain_mismatch")
      let now = bench.clock.wall.now().seconds
      let unaware = try PlayerBench.keys.compact(
        header: Array(#"{"alg":"RS256","typ":"rt+jwt","kid":"20261121-1"}"#.utf8),
        payload: Array(#"{"aud":"cordon-player-refresh","sub":"1","iat":\#(now),"exp":\#(now + 60)}"#.utf8))
      #expect(try await bench.refresh(unaware).reason == "jwt_domain_mismatch")
      let labels = ["reason": "jwt_domain_mismatch", "service": "player_service"]
      #expect(bench.role.metric("brand_resolution_failed_total", labels) == 2)
      #expect(try await bench.refresh(pair.refreshToken).status == 200)
    }
  }

  @Test("An access token, a forged one, one of another key and one that we never stored are no refresh tokens")
  func notRefreshTokens() async throws {
    try await PlayerBench.run { bench in
      let pair = try await bench.session()
      let parts = pair.refreshToken.split(separator: ".")
      let stranger = try TokenSigner.generate(keyID: try #require(KeyID("20261121-9"))).signer
      let now = bench.clock.wall.now().seconds
      let claims = PlayerClaims(
        brand: PlayerBench.brand(1), player: try #require(PlayerID(pair.playerID)), sessionID: pair.sessionID, tokenID: "j-1",
        issuedAt: now,
        expiresAt: now + 60)
      for (token, reason) in [
        (pair.accessToken, "invalid_token"), ("\(parts[0]).\(parts[1]).AAAA", "invalid_token"), ("x", "invalid_token"),
        ("..", "invalid_token"),
        (try stranger.sign(claims, kind: .playerRefresh), "unknown_kid"),
        (try PlayerBench.keys.sign(claims, kind: .playerRefresh), "invalid_token"),
      ] {
        let call = try await bench.refresh(token)
        #expect(call.status == 401)
        #expect(call.reason == reason)
      }
      #expect(try await bench.refresh(pair.refreshToken).status == 200)
    }
  }

  @Test("A refresh token ends with its time, and one of a suspended player gives nothing")
  func expiredAndSuspended() async throws {
    try await PlayerBench.run { bench in
      let pair = try await bench.session()
      // brand-global: test: the one player of the bench
      try await bench.database.psql("UPDATE cordon.player SET status = 'suspended'")
      #expect(try await bench.refresh(pair.refreshToken).reason == "player_suspended")
      // brand-global: test: the one player of the bench
      try await bench.database.psql("UPDATE cordon.player SET status = 'active'")
      bench.clock.advance(bySeconds: 604_800)
      #expect(try await bench.refresh(pair.refreshToken).reason == "token_expired")
    }
  }

  @Test("S0-JWT-16 a log-out ends the session everywhere, and may be repeated")
  func logOut() async throws {
    try await PlayerBench.run { bench in
      let pair = try await bench.session()
      let other = try await bench.logIn().pair()
      for _ in 0..<2 { #expect(try await bench.logOut(pair).status == 204) }
      #expect(try await !bench.isMarked(pair))
      #expect(try await bench.refresh(pair.refreshToken).reason == "session_missing")
      #expect(try await bench.isMarked(other))
      #expect(try await bench.refresh(other.refreshToken).status == 200)
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_session WHERE revoked_reason = 'logout'") == 1)
    }
  }

  @Test("Nobody logs out another player or another brand's session")
  func foreignLogOut() async throws {
    try await PlayerBench.run { bench in
      let pair = try await bench.session()
      let twin = try await bench.session(brand: 2)
      let mixed = TokenPairBody(
        accessToken: "x", expiresIn: 1, refreshToken: "x", refreshExpiresIn: 1, playerID: twin.playerID + 100, sessionID: pair.sessionID)
      _ = try await bench.logOut(mixed)
      _ = try await bench.logOut(pair, brand: 2)
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_session WHERE revoked_at IS NOT NULL") == 0)
      #expect(try await bench.isMarked(pair))
    }
  }

  @Test("Without Redis a log-out and a refresh are refused with 503 and change nothing")
  func redisDown() async throws {
    try await PlayerBench.run { bench in
      let pair = try await bench.session()
      await bench.redisServer.crash()
      #expect(try await bench.logOut(pair).status == 503)
      #expect(try await bench.refresh(pair.refreshToken).status == 503)
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_session WHERE revoked_at IS NOT NULL") == 0)
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_refresh_token WHERE used_at IS NOT NULL") == 0)
      try await bench.redisServer.startAgain()
      // The Redis of this test forgot everything; a refresh marks the session again.
      try await eventually("refreshes work again") { try await bench.refresh(pair.refreshToken).status == 200 }
      #expect(try await bench.isMarked(pair))
    }
  }

  @Test("S0-JWT-22 sessions can be ended for one player and for one brand, and only those")
  func invalidation() async throws {
    try await PlayerBench.run { bench in
      let alice = try await bench.session()
      let bob = try await bench.session("bobby")
      let twin = try await bench.session(brand: 2)
      let app = Database(try DatabaseConfiguration(url: bench.database.url, poolSizeMax: 2), logger: bench.role.context.logger)
      let sessions = SessionInvalidation(database: app, redis: bench.redis, clock: bench.clock.wall)
      func end(_ player: Int64?) async throws -> Int {
        try await sessions.invalidate(brand: PlayerBench.brand(1), subject: player.flatMap { PlayerID($0) }, by: "ops-1", reason: "a test")
      }
      #expect(try await sessions.count(brand: PlayerBench.brand(1), subject: nil) == 2)
      #expect(try await end(alice.playerID) == 1)
      #expect(try await [bench.isMarked(alice), bench.isMarked(bob), bench.isMarked(twin, brand: 2)] == [false, true, true])
      _ = try await bench.logIn()
      #expect(try await end(nil) == 2)
      #expect(try await end(nil) == 0)
      let audit = try await bench.database.psql(
        "SELECT brand_id, operator_id, action, resource_key, new_value ->> 'ended', reason FROM cordon.admin_audit ORDER BY audit_id")
      #expect(
        audit.split(separator: "\n") == [
          "1|ops-1|SESSION_INVALIDATE|\(alice.playerID)|1|a test", "1|ops-1|SESSION_INVALIDATE|*|2|a test",
          "1|ops-1|SESSION_INVALIDATE|*|0|a test",
        ])
      #expect(try await [bench.isMarked(bob), bench.isMarked(twin, brand: 2)] == [false, true])
      #expect(try await bench.refresh(bob.refreshToken).reason == "session_missing")
      #expect(try await bench.refresh(twin.refreshToken, brand: 2).status == 200)
      await app.close()
    }
  }
}
