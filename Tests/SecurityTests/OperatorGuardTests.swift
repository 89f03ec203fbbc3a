internal import HTTPTypes
internal import Kernel
internal import Platform
@testable internal import Security
internal import Testing

@Suite struct OperatorGuardTests {
  private let metrics = TestRole.metrics(.adminService)
  private let now = TestKeys.now

  private func operators() throws -> OperatorGuard {
    OperatorGuard(verifier: try TestKeys.verifier(TestKeys.adminPair.signer), clock: WallClock { TestKeys.now }, metrics: metrics)
  }

  private func token(_ adminID: String?, role: String? = "operator", brands: [Int64] = [1]) throws -> (String, String) {
    let claims = OperatorClaims(
      adminID: adminID, role: role, brands: brands.map(TestKeys.brand), tokenID: "j-1", issuedAt: now.seconds, expiresAt: now.seconds + 60)
    return ("Authorization", "Bearer \(try TestKeys.adminPair.signer.sign(claims))")
  }

  private func admit(_ access: Access, _ headers: [(String, String)]) throws -> RequestIdentity {
    try operators().admit(TestRole.request(access, access == .operatorRead ? .get : .post, target: "/v1/brands", headers: headers))
  }

  private func refusal(_ access: Access, _ headers: [(String, String)]) throws -> ProblemReason? {
    do {
      _ = try admit(access, headers)
      return nil
    } catch let problem as Problem {
      return problem.reason
    }
  }

  private func mismatches(_ reason: String) -> Int? { TestRole.value("admin_operator_id_mismatch_total", [reason], in: metrics) }

  @Test("S0-ADM-04 a write needs X-Operator-Id, equal to the token's admin_id")
  func crossCheck() throws {
    let token = try token("ops:alice")
    let identity = try admit(.operatorWrite, [token, ("X-Operator-Id", "ops:alice")])
    #expect(identity.operatorIdentity == OperatorIdentity(id: "ops:alice", isSuperAdmin: false, brand: TestKeys.brand(1)))
    #expect(mismatches("header_vs_jwt") == 0)
    let others = ["someone-else", "OPS:ALICE", "", "ops:\u{212B}lice"]
    for header in others { #expect(try refusal(.operatorWrite, [token, ("X-Operator-Id", header)]) == .operatorIDMismatch) }
    #expect(try refusal(.operatorWrite, [token]) == .operatorIDMismatch)
    #expect(try refusal(.operatorWrite, [token, ("X-Operator-Id", "ops:alice"), ("X-Operator-Id", "ops:alice")]) == .operatorIDMismatch)
    #expect(mismatches("header_vs_jwt") == others.count + 2)
  }

  @Test("S0-ADM-05 a token without admin_id may read and not write")
  func missingClaim() throws {
    let token = try token(nil)
    #expect(try refusal(.operatorRead, [token]) == nil)
    #expect(try refusal(.operatorWrite, [token, ("X-Operator-Id", "ops:alice")]) == .operatorClaimMissing)
    #expect(mismatches("jwt_missing_claim") == 1)
  }

  @Test("S0-ADM-24 super_admin and super pass and are counted, others don't", arguments: ["super_admin", "super"])
  func superAdmin(role: String) throws {
    let identity = try admit(.superAdmin, [try token("root", role: role, brands: []), ("X-Operator-Id", "root")])
    #expect(identity.operatorIdentity?.isSuperAdmin == true)
    #expect(TestRole.value("admin_platform_global_access_total", ["/v1/brands"], in: metrics) == 1)
    for role in ["operator", "Super", "superuser", nil] as [String?] {
      #expect(try refusal(.superAdmin, [try token("root", role: role), ("X-Operator-Id", "root")]) == .superAdminRequired)
    }
    #expect(TestRole.value("admin_platform_global_access_total", ["/v1/brands"], in: metrics) == 1)
  }

  @Test("The brand of an operator's request is one of theirs, or the only one, or none")
  func brands() throws {
    let id = ("X-Operator-Id", "ops")
    let (one, two, root) = (try token("ops"), try token("ops", brands: [1, 2]), try token("ops", role: "super", brands: []))
    #expect(try admit(.operatorWrite, [one, id]).brand == TestKeys.brand(1))
    #expect(try admit(.operatorWrite, [two, id]).brand == nil)
    #expect(try admit(.operatorWrite, [two, id, ("X-Brand-Id", "2")]).brand == TestKeys.brand(2))
    #expect(try admit(.operatorWrite, [root, id, ("X-Brand-Id", "3")]).brand == TestKeys.brand(3))
    #expect(try refusal(.operatorWrite, [two, id, ("X-Brand-Id", "3")]) == .forbidden)
    #expect(try refusal(.operatorWrite, [two, id, ("X-Brand-Id", "0")]) == .missingHeader)
  }

  @Test("S0-JWT-18 no token, a broken one, an HS256 one and a player's are refused")
  func badTokens() throws {
    let id = ("X-Operator-Id", "ops")
    for header in ["", "Bearer", "Bearer ", "Basic b3BzOm9wcw==", "Bearer a b", "bearer\tx"] {
      #expect(try refusal(.operatorWrite, [("Authorization", header), id]) == .unauthenticated)
    }
    #expect(try refusal(.operatorWrite, [id]) == .unauthenticated)
    let good = try token("ops")
    #expect(try refusal(.operatorWrite, [good, good, id]) == .unauthenticated)
    #expect(try refusal(.operatorWrite, [("Authorization", "bEARER" + good.1.dropFirst(6)), id]) == nil)
    let hs256 = ForgedToken.hs256(key: Array(TestKeys.adminPair.signer.publicKey.pem.utf8))
    #expect(try refusal(.operatorWrite, [("Authorization", "Bearer " + String(decoding: hs256, as: UTF8.self)), id]) == .invalidToken)
    let player = try TestKeys.adminPair.signer.sign(TestKeys.claims(), kind: .playerAccess)
    #expect(try refusal(.operatorWrite, [("Authorization", "Bearer \(player)"), id]) == .invalidToken)
  }
}
