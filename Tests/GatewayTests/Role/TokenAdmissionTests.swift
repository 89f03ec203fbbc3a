internal import Contracts
internal import Foundation
internal import Kernel
internal import Redis
internal import Security
internal import TestSupport
internal import Testing

@testable import Gateway

/// Tokens and sessions at the gateway, on real Redis and PostgreSQL.
@Suite struct TokenAdmissionTests {
  @Test("a token of the host's brand with a living session passes, and the service is told whose it is")
  func passes() async throws {
    try await GatewayBench.run { bench in
      try await bench.bindBoth()
      let token = try await bench.logIn(player: 7, session: "s-77")
      for _ in 0..<3 { #expect(try await bench.call(token: token).status == 200) }
      let request = try #require(bench.upstream.requests.last)
      #expect(request.values("x-player-id") == ["7"])
      #expect(request.values("x-session-id") == ["s-77"])
      #expect(request.values("x-internal-service-token") == ["token-of-gateway"])
    }
  }

  @Test("without a token a route that needs a player is refused as unauthenticated")
  func absent() async throws {
    try await GatewayBench.run(waitsForTracking: false) { bench in
      try await bench.bindBoth()
      let answer = try await bench.call()
      #expect(answer.status == 401)
      #expect(answer.reason == "unauthenticated")
      #expect(answer.fields["www-authenticate"] == "Bearer")
    }
  }

  @Test(
    "S0-RES-06 S0-RES-08 S0-RES-09 S0-PEN-02 another brand's token is refused, counted and logged, and never a server error",
    arguments: [
      ("enforce", 403, "jwt_domain_mismatch"), ("observe", 401, "session_missing"), ("off", 401, "session_missing"),
    ])
  func foreign(_ mode: String, _ status: Int, _ reason: String) async throws {
    try await GatewayBench.run(settings: ["MULTI_BRAND_ENFORCEMENT": mode]) { bench in
      try await bench.bindBoth()
      let token = try await bench.logIn(brand: 1, session: "s-1")
      // The same session number lives under the other brand: it must make no difference.
      _ = try await bench.logIn(brand: 2, session: "s-1")
      let answer = try await bench.call(host: "brand2.local", token: token, fields: ["X-Request-Id": "replay-1"])
      #expect(answer.status == status)
      #expect(answer.reason == reason)
      #expect(bench.failures("jwt_domain_mismatch") == 1)
      #expect(bench.upstream.requestCount == 0)
      let line = try #require(bench.role.logs.lines(with: #""request_id":"replay-1""#).first)
      for part in [#""jwt.brand_id":"1""#, #""request.state.brand_id":"2""#, #""domain":"brand2.local""#] { #expect(line.contains(part)) }
    }
  }

  @Test("S0-RES-07 a validly signed token without a brand counts as jwt_domain_mismatch")
  func brandless() async throws {
    try await GatewayBench.run(waitsForTracking: false) { bench in
      try await bench.bindBoth()
      let now = bench.clock.now.seconds
      let token = try BareToken.sign([
        "iss": "cordon", "aud": TokenKind.playerAccess.audience, "sub": "7", "sid": "s-1", "jti": "j-1", "iat": now, "exp": now + 600,
      ])
      let answer = try await bench.call(token: token)
      #expect(answer.status == 403)
      #expect(answer.reason == "jwt_domain_mismatch")
      #expect(bench.failures("jwt_domain_mismatch") == 1)
    }
  }

  @Test("S0-JWT-08 S0-JWT-11 an unknown kid is refused and counted; an old key is accepted while it overlaps and refused afterwards")
  func unknownKey() async throws {
    try await GatewayBench.run { bench in
      try await bench.bindBoth()
      _ = try await bench.logIn()
      let old = try bench.token(signer: GatewayKeys.other)
      #expect(try await bench.call(token: old).reason == "unknown_kid")
      #expect(bench.role.metric("gateway_jwt_unknown_kid_total") == 1)
      bench.tokens.replaceKeys(try GatewayKeys.set(GatewayKeys.current, GatewayKeys.other))
      #expect(try await bench.call(token: old).status == 200)
      bench.tokens.replaceKeys(try GatewayKeys.set(GatewayKeys.current))
      let answer = try await bench.call(token: old)
      #expect(answer.status == 401)
      #expect(answer.reason == "unknown_kid")
      #expect(bench.role.metric("gateway_jwt_unknown_kid_total") == 2)
    }
  }

  @Test("S0-JWT-11 S0-PEN-02 alg none and HS256 under the public key are refused, like every other token that isn't one of ours")
  func forged() async throws {
    try await GatewayBench.run(waitsForTracking: false) { bench in
      try await bench.bindBoth()
      let valid = try await bench.logIn()
      let parts = valid.split(separator: ".").map { String($0) }
      let none = Base64URL.encode(Array(#"{"alg":"none","typ":"at+jwt","kid":"2026-11-a"}"#.utf8))
      let hs256 = Base64URL.encode(Array(#"{"alg":"HS256","typ":"at+jwt","kid":"2026-11-a"}"#.utf8))
      let symmetric = SymmetricForgery.tokens(
        payload: parts[1], keyID: GatewayKeys.current.keyID.rawValue, publicKeyPEM: GatewayKeys.current.publicKey.pem)
      #expect(symmetric.count == 2 && Set(symmetric).count == 2)
      let tampered = parts[1].dropLast(4) + "AAAA"
      for token in [
        "\(none).\(parts[1]).", "\(none).\(parts[1]).\(parts[2])", "\(hs256).\(parts[1]).\(parts[2])",
        "\(parts[0]).\(tampered).\(parts[2])", "a.b.c", "x",
      ] + symmetric {
        let answer = try await bench.call(token: token)
        #expect(answer.status == 401, "\(token)")
        #expect(answer.reason == "invalid_token", "\(token)")
      }
      #expect(bench.upstream.requestCount == 0)
    }
  }

  @Test("an expired token is refused, also when it was verified before")
  func expired() async throws {
    try await GatewayBench.run { bench in
      try await bench.bindBoth()
      let token = try await bench.logIn()
      #expect(try await bench.call(token: token).status == 200)
      bench.clock.advance(seconds: 3700)
      #expect(try await bench.call(token: token).reason == "token_expired")
    }
  }

  @Test("two Authorization fields are refused")
  func twoCredentials() async throws {
    try await GatewayBench.run(waitsForTracking: false) { bench in
      try await bench.bindBoth()
      let token = try await bench.logIn()
      #expect(try await bench.call(token: token, fields: ["authorization": "Bearer \(token)"]).reason == "invalid_token")
    }
  }

  @Test(
    "S0-JWT-15 S0-JWT-16 S0-HARD-01 a session that is gone from the brand's key is refused at once and counted; no other key is looked at")
  func sessionGone() async throws {
    try await GatewayBench.run { bench in
      try await bench.bindBoth()
      let token = try await bench.logIn(session: "s-9")
      for _ in 0..<2 { #expect(try await bench.call(token: token).status == 200) }
      for legacy in ["session:s-9", "session:7", "session:2:s-9"] { try await bench.redis.set(legacy, "{}") }
      try await bench.redis.delete(RedisKeys.playerSession(brand: 1, session: "s-9"))
      try await eventually("the session is refused") { try await bench.call(token: token).status == 401 }
      #expect(try await bench.call(token: token).reason == "session_missing")
      #expect((bench.role.metric("gateway_jwt_session_missing_total") ?? 0) >= 1)
      #expect(bench.role.metric("gateway_session_legacy_key_used_total") == nil)
    }
  }

  @Test("S0-SIG-01 a write to the wallet carries the gateway's signature over its bytes")
  func signed() async throws {
    try await GatewayBench.run { bench in
      try await bench.bindBoth()
      let token = try await bench.logIn()
      let answer = try await bench.call("/v1/wallet/bets", method: "POST", token: token, body: #"{"amount":1}"#)
      #expect(answer.status == 200)
      let request = try #require(bench.upstream.requests.last)
      let value = try #require(request.value("x-brand-signature"))
      let keys = BrandSignatureKeys(active: GatewayBench.signingKey)
      let brand = try #require(BrandID(1))
      let signed = BrandSignedRequest(caller: .gateway, brand: brand, method: "POST", target: "/v1/wallet/bets", body: request.body)
      _ = try BrandSignatureVerifier(keys: keys).verify(header: value, request: signed, now: bench.clock.now)
    }
  }

  @Test("S0-JWT-04 health lists the accepted key ids")
  func health() async throws {
    try await GatewayBench.run(waitsForTracking: false) { bench in
      let answer = try await bench.call("/health", host: "anything.example")
      #expect(answer.body.contains("2026-11-a"))
      #expect(answer.body.contains("enforce"))
    }
  }
}
