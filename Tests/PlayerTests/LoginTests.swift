internal import Contracts
internal import Foundation
internal import Kernel
internal import Redis
@testable internal import Security
internal import TestSupport
internal import Testing

@Suite struct LoginTests {
  @Test("S0-JWT-01 S0-JWT-07 S0-JWT-13 a log-in gives tokens of RS256 with kid, brand and an hour's life")
  func tokens() async throws {
    try await PlayerBench.run { bench in
      let pair = try await bench.session(brand: 2)
      #expect(pair.tokenType == "Bearer")
      #expect(pair.expiresIn == 3600)
      #expect(pair.refreshExpiresIn == 604_800)
      let now = bench.clock.wall.now()
      let access = try bench.verifier.verify(Array(pair.accessToken.utf8), now: now)
      let refresh = try bench.verifier.current.verifyPlayer(Array(pair.refreshToken.utf8), kind: .playerRefresh, now: now)
      for token in [access, refresh] {
        #expect(token.brand.rawValue == 2)
        #expect(token.player.rawValue == pair.playerID)
        #expect(token.sessionID == pair.sessionID)
        #expect(token.keyID == "20261121-1")
      }
      #expect(access.claims.expiresAt - access.claims.issuedAt == 3600)
      #expect(access.claims.tokenID != refresh.claims.tokenID)
    }
  }

  @Test("S0-PLY-04 a log-in writes its log row, session and Redis key under the request's brand")
  func rows() async throws {
    try await PlayerBench.run { bench in
      let pair = try await bench.session(brand: 2)
      #expect(try await bench.isMarked(pair, brand: 2))
      #expect(try await !bench.isMarked(pair, brand: 1))
      let expiry = try await bench.redis.send(["TTL", "session:2:\(pair.sessionID)"])
      #expect(expiry == .integer(604_800) || expiry == .integer(604_799))
      let log = try await bench.database.psql(
        "SELECT brand_id, player_id, account_key, outcome, session_id, octet_length(source_ip_hash), request_id IS NOT NULL FROM cordon.player_login"
      )
      #expect(log.trimmingCharacters(in: .newlines) == "2|\(pair.playerID)|alice|success|\(pair.sessionID)|32|t")
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_session WHERE brand_id = 2 AND revoked_at IS NULL") == 1)
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_refresh_token WHERE brand_id = 2 AND generation = 1") == 1)
    }
  }

  @Test("S0-PLY-02 S0-PLY-03 a player of one brand can't log in on the other one, twins with their own password alone")
  func otherBrand() async throws {
    try await PlayerBench.run { bench in
      try await bench.register("alice", "password of one")
      try await bench.register("alice", "password of two", brand: 2)
      try await bench.register("bobby", "password of bob", brand: 2)
      #expect(try await bench.logIn("alice", "password of one").status == 200)
      #expect(try await bench.logIn("alice", "password of two", brand: 2).status == 200)
      for call in [
        try await bench.logIn("alice", "password of two"), try await bench.logIn("alice", "password of one", brand: 2),
        try await bench.logIn("bobby", "password of bob"),
      ] {
        #expect(call.status == 401)
        #expect(call.reason == "invalid_credentials")
      }
    }
  }

  @Test("An unknown account, an impossible one and a wrong password have one answer")
  func oneAnswer() async throws {
    try await PlayerBench.run { bench in
      try await bench.register()
      func shape(_ account: String, _ password: String) async throws -> String {
        let call = try await bench.logIn(account, password)
        #expect(call.status == 401)
        // What differs between any two answers: the request's own ids.
        return call.text.replacing(#/[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f-]{27}/#, with: "")
      }
      let wrong = try await shape("alice", "wrong password")
      #expect(try await shape("nobody2", "wrong password") == wrong)
      #expect(try await shape("a b", "wrong password") == wrong)
      #expect(try await shape("' OR 1=1 --", "wrong password") == wrong)
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_login WHERE outcome = 'invalid_credentials'") == 4)
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_login WHERE player_id IS NULL") == 3)
    }
  }

  @Test("An unknown account and an impossible one take the work of a known one: one hash and the same rows")
  func oneTime() async throws {
    try await PlayerBench.run { bench in
      try await bench.register()
      for account in ["alice", "nobody2", "a b"] {
        let (hashes, rows) = (bench.hasher.computationCount, try await bench.number("SELECT count(*) FROM cordon.player_login"))
        #expect(try await bench.logIn(account, "wrong password").status == 401)
        #expect(bench.hasher.computationCount == hashes + 1)
        #expect(try await bench.number("SELECT count(*) FROM cordon.player_login") == rows.map { $0 + 1 })
      }
    }
  }

  @Test("A suspended player is told so after the right password alone")
  func suspended() async throws {
    try await PlayerBench.run { bench in
      try await bench.register()
      // brand-global: test: the one player of the bench
      try await bench.database.psql("UPDATE cordon.player SET status = 'suspended'")
      let right = try await bench.logIn()
      #expect(right.status == 403)
      #expect(right.reason == "player_suspended")
      #expect(try await bench.logIn("alice", "wrong password").reason == "invalid_credentials")
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_session") == 0)
    }
  }

  @Test("Guesses at one account are bounded, for known and unknown accounts alike, per brand; a success starts anew")
  func throttled() async throws {
    try await PlayerBench.run { bench in
      for brand in [1, 2] as [Int64] { _ = try await bench.register(brand: brand) }
      for account in ["alice", "nobody2"] {
        for _ in 0..<10 { #expect(try await bench.logIn(account, "wrong password").status == 401) }
        let over = try await bench.logIn(account.uppercased(), "wrong password")
        #expect(over.status == 429)
        #expect(over.reason == "rate_limited")
        #expect(over.headers["retry-after"] == "900")
      }
      #expect(try await bench.logIn().status == 429)
      #expect(try await bench.logIn(brand: 2).status == 200)
      #expect(bench.role.metric("player_login_total", ["outcome": "rate_limited"]) == 3)
      let keys = try await bench.redis.send(["KEYS", "login_attempts:*"])
      #expect(!"\(keys)".contains("alice"))
      try await bench.redis.delete(PlayerBenchKeys.attempts("alice", 1))
      for _ in 0..<9 { _ = try await bench.logIn("alice", "wrong password") }
      #expect(try await bench.logIn().status == 200)
      for _ in 0..<10 { #expect(try await bench.logIn("alice", "wrong password").status == 401) }
    }
  }

  @Test("an attempt that nobody judged isn't counted: whoever retries through an outage is not locked out by it")
  func outage() async throws {
    try await PlayerBench.run { bench in
      try await bench.register()
      try await bench.database.psql("ALTER TABLE cordon.player_session RENAME TO player_session_away")
      for _ in 0..<12 { #expect(try await bench.logIn().status == 500) }
      try await bench.database.psql("ALTER TABLE cordon.player_session_away RENAME TO player_session")
      #expect(try await bench.logIn().status == 200)
      for _ in 0..<10 { #expect(try await bench.logIn("alice", "wrong password").status == 401) }
      #expect(try await bench.logIn("alice", "wrong password").status == 429)
    }
  }

  @Test("Without Redis a log-in is refused with 503 and nothing is stored; when it is back, log-ins work again")
  func redisDown() async throws {
    try await PlayerBench.run { bench in
      try await bench.register()
      await bench.redisServer.crash()
      let call = try await bench.logIn()
      #expect(call.status == 503)
      #expect(call.reason == "unavailable")
      #expect(try await bench.number("SELECT count(*) FROM cordon.player_session") == 0)
      try await bench.redisServer.startAgain()
      try await eventually("log-ins work again") { try await bench.logIn().status == 200 }
    }
  }

  @Test("A hash of an older cost is replaced at the next log-in, and the password stays good")
  func rehash() async throws {
    try await PlayerBench.run { bench in
      try await bench.register()
      let strong = try await PasswordHasher(cost: Argon2idCost(memoryKibibytes: 64, iterations: 2)).hash("correct horse")
      // brand-global: test: the one player of the bench
      try await bench.database.psql("UPDATE cordon.player SET password_hash = '\(strong)'")
      #expect(try await bench.logIn().status == 200)
      #expect(try await bench.database.psql("SELECT password_hash FROM cordon.player").hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
      #expect(try await bench.logIn().status == 200)
    }
  }

  @Test("S0-PLY-08 no log line has a password, a token or a contact")
  func redacted() async throws {
    try await PlayerBench.run { bench in
      let body = RegistrationBody(account: "alice", password: "correct horse", email: "alice@example.com", phone: "+4930901820")
      _ = try await bench.send("POST", "/v1/players", json: body)
      _ = try await bench.send("POST", "/v1/players", body: #"{"account":"alice","password":"correct horse","phone":"+4930901820x"}"#)
      let pair = try await bench.logIn().pair()
      _ = try await bench.logIn("alice", "wrong password")
      let next = try await bench.refresh(pair.refreshToken).pair()
      _ = try await bench.refresh(pair.refreshToken)
      _ = try await bench.logOut(next)
      try await eventually("the log-in is logged") { !bench.role.logs.lines(with: "player logged in", pair.sessionID).isEmpty }
      let text = bench.role.logs.lines.joined(separator: "\n")
      let secrets = [
        "correct horse", "wrong password", "alice@example.com", "4930901820", pair.accessToken, pair.refreshToken, next.refreshToken,
        PlayerBench.token, "argon2id",
      ]
      for secret in secrets { #expect(!text.contains(secret), "\(secret.prefix(12))") }
    }
  }
}
