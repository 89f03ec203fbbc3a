internal import Kernel
@testable internal import Player
internal import Testing

@Suite struct RefreshRulesTests {
  private static let now = Timestamp(seconds: 1_000)

  private static func decide(
    revoked: Bool = false, used: Bool = false, expiresAt: Int64 = 2_000, suspended: Bool = false
  ) -> RefreshRules.Decision {
    RefreshRules.decide(
      RefreshRules.State(isRevoked: revoked, isUsed: used, expiresAt: Timestamp(seconds: expiresAt), isSuspended: suspended), now: now)
  }

  @Test("A token of a living session is good until its last second")
  func good() {
    #expect(Self.decide() == .rotate)
    #expect(Self.decide(expiresAt: 1_001) == .rotate)
    #expect(Self.decide(expiresAt: 1_000) == .refuse(.tokenExpired))
  }

  @Test("A used token ends the family, even an expired one of a suspended player; a family ends once")
  func used() {
    #expect(Self.decide(used: true) == .endFamily)
    #expect(Self.decide(used: true, expiresAt: 1, suspended: true) == .endFamily)
    #expect(Self.decide(revoked: true, used: true) == .refuse(.sessionMissing))
    #expect(Self.decide(revoked: true) == .refuse(.sessionMissing))
  }

  @Test("A suspended player gets no new tokens")
  func suspended() { #expect(Self.decide(suspended: true) == .refuse(.playerSuspended)) }
}
