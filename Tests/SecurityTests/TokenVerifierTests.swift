internal import Foundation
internal import Kernel
@testable internal import Security
internal import Testing

@Suite struct TokenVerifierTests {
  private static let now = TestKeys.now

  @Test("S0-JWT-11 a forged token is refused, with its own reason", arguments: ForgedTokens.all)
  func forged(_ forged: ForgedToken) throws {
    let verifier = try TestKeys.verifier(TestKeys.pair.signer)
    let token = try forged.token()
    #expect(throws: forged.expected) { try verifier.verifyPlayer(token, kind: .playerAccess, now: Self.now) }
  }

  @Test("The matrix of forgeries has every refusal but none for nothing")
  func matrixIsWhole() {
    let covered = Set(ForgedTokens.all.map(\.expected))
    #expect(covered == Set(TokenRefusal.allCases))
    #expect(ForgedTokens.all.count >= 120)
  }

  @Test(
    "S0-JWT-01 S0-JWT-09 S0-JWT-13 tokens are RS256, name their key and carry brand and session",
    arguments: [TokenKind.playerAccess, .playerRefresh])
  func roundTrip(kind: TokenKind) throws {
    let claims = TestKeys.claims(brand: 42)
    let token = try TestKeys.pair.signer.sign(claims, kind: kind)
    let header = try #require(Self.json(token, part: 0))
    #expect(header["alg"] as? String == "RS256")
    #expect((header["kid"] as? String)?.wholeMatch(of: /[0-9]{8}-[0-9]+/) != nil)
    let payload = try #require(Self.json(token, part: 1))
    #expect(payload["brand_id"] as? Int == 42)
    #expect(payload["sub"] as? String == "7")
    #expect(payload["iss"] as? String == "cordon:brand:42")
    #expect(Set(payload.keys) == ["iss", "aud", "sub", "brand_id", "sid", "jti", "iat", "nbf", "exp"])
    let verified = try TestKeys.verifier(TestKeys.pair.signer).verifyPlayer(Array(token.utf8), kind: kind, now: Self.now)
    #expect(verified.claims == claims)
    #expect(verified.keyID == "20261121-1")
  }

  @Test("S0-JWT-02 tokens of every accepted key verify; S0-JWT-11 the old key's until it is removed")
  func severalKeys() throws {
    let (old, new) = (TestKeys.pair.signer, TestKeys.otherPair.signer)
    let oldToken = Array(try old.sign(TestKeys.claims(), kind: .playerAccess).utf8)
    let newToken = Array(try new.sign(TestKeys.claims(), kind: .playerAccess).utf8)
    let overlap = try TestKeys.verifier(old, new)
    #expect(overlap.keys.keyIDs == ["20261121-1", "20261121-2"])
    for token in [oldToken, newToken] { _ = try overlap.verifyPlayer(token, kind: .playerAccess, now: Self.now) }
    let afterwards = overlap.with(try KeySet([new.keyID: new.publicKey]))
    #expect(throws: TokenRefusal.unknownKeyID) { try afterwards.verifyPlayer(oldToken, kind: .playerAccess, now: Self.now) }
    _ = try afterwards.verifyPlayer(newToken, kind: .playerAccess, now: Self.now)
  }

  @Test("A token is good from the second it was made until its last one, give or take the leeway")
  func life() throws {
    let verifier = try TestKeys.verifier(TestKeys.pair.signer)
    let token = Array(try TestKeys.pair.signer.sign(TestKeys.claims(lifetime: 60), kind: .playerAccess).utf8)
    func verify(after seconds: Int64) throws(TokenRefusal) {
      _ = try verifier.verifyPlayer(token, kind: .playerAccess, now: Self.now.advanced(bySeconds: seconds))
    }
    #expect(throws: TokenRefusal.issuedAt) { try verify(after: -31) }
    for seconds in [-30, 0, 59, 89] as [Int64] { try verify(after: seconds) }
    #expect(throws: TokenRefusal.expired) { try verify(after: 90) }
  }

  @Test("An access token is no refresh token")
  func accessAsRefresh() throws {
    let token = Array(try ForgedToken.genuine().utf8)
    #expect(throws: TokenRefusal.type) {
      try TestKeys.verifier(TestKeys.pair.signer).verifyPlayer(token, kind: .playerRefresh, now: Self.now)
    }
  }

  @Test("S0-JWT-18 operators' tokens are RS256 with admin_id; HS256 ones are refused")
  func operatorToken() throws {
    let signer = TestKeys.adminPair.signer
    let verifier = try TestKeys.verifier(signer)
    let claims = OperatorClaims(
      adminID: "ops:\"älice\"\n", role: "super_admin", brands: [TestKeys.brand(1), TestKeys.brand(2)], tokenID: "j-1",
      issuedAt: Self.now.seconds, expiresAt: Self.now.seconds + 600)
    let token = try signer.sign(claims)
    #expect(try verifier.verifyOperator(Array(token.utf8), now: Self.now).claims == claims)
    #expect(claims.isSuperAdmin && claims.mayAct(in: TestKeys.brand(9)))
    #expect(throws: TokenRefusal.algorithm) {
      try verifier.verifyOperator(ForgedToken.hs256(key: Array(signer.publicKey.pem.utf8)), now: Self.now)
    }
    #expect(throws: TokenRefusal.audience) {
      try verifier.verifyOperator(
        ForgedToken.signed(
          header: ForgedToken.text(ForgedToken.header, ["kid": "\"\(signer.keyID)\""]),
          payload: ForgedToken.text(ForgedToken.payload, [:]), by: signer), now: Self.now)
    }
  }

  @Test(
    "Operator claims of the wrong type are refused",
    arguments: [
      ("admin_id", "7"), ("admin_id", #""""#), ("role", "[]"), ("brand_ids", "1"), ("brand_ids", "[0]"), ("brand_ids", #"["1"]"#),
    ])
  func operatorClaims(name: String, value: String) throws {
    let signer = TestKeys.adminPair.signer
    let payload = [
      "iss": #""cordon:admin""#, "aud": #""cordon-admin""#, "jti": #""j""#, "iat": "\(Self.now.seconds)", "exp": "\(Self.now.seconds + 60)",
    ]
    let header = ForgedToken.text(ForgedToken.header, ["kid": "\"\(signer.keyID)\""])
    let verifier = try TestKeys.verifier(signer)
    let plain = try ForgedToken.signed(header: header, payload: ForgedToken.text(payload, [:]), by: signer)
    #expect(try verifier.verifyOperator(plain, now: Self.now).claims.adminID == nil)
    let forged = try ForgedToken.signed(header: header, payload: ForgedToken.text(payload, [name: value]), by: signer)
    #expect(throws: TokenRefusal.subject) { try verifier.verifyOperator(forged, now: Self.now) }
  }

  @Test("No bit of a genuine token can be changed unnoticed")
  func everyBit() throws {
    let verifier = try TestKeys.verifier(TestKeys.pair.signer)
    let token = Array(try ForgedToken.genuine().utf8)
    for place in token.indices {
      var changed = token
      changed[place] ^= UInt8(1) << (place % 8)
      #expect(throws: TokenRefusal.self, "byte \(place)") { try verifier.verifyPlayer(changed, kind: .playerAccess, now: Self.now) }
    }
  }

  @Test("Every refusal has a reason for the client, and the special ones their own")
  func reasons() {
    #expect(TokenRefusal.unknownKeyID.reason == .unknownKeyID)
    #expect(TokenRefusal.expired.reason == .tokenExpired)
    #expect(TokenRefusal.brandMissing.reason == .jwtDomainMismatch)
    #expect(Set(TokenRefusal.allCases.map(\.rawValue)).count == TokenRefusal.allCases.count)
  }

  private static func json(_ token: String, part: Int) -> [String: Any]? {
    let parts = token.split(separator: ".").map(String.init)
    return Base64URL.decode(parts[part]).flatMap { try? JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] }
  }
}
