import Kernel
import Testing

@Suite("Overrides of enforcement")
struct EnforcementPolicyTests {
  private static let end = Timestamp(seconds: 1_795_694_400)

  @Test("an override is written as it is read, alone and in a list")
  func text() {
    #expect(EnforcementOverride("recon=observe@2026-11-26T12:00:00Z") == EnforcementOverride(caller: .recon, until: Self.end))
    #expect(EnforcementOverride(caller: .recon, until: Self.end).description == "recon=observe@2026-11-26T12:00:00Z")
    let list = EnforcementOverride.list("recon=observe@2026-11-26T12:00:00Z, admin=observe@2026-11-26T12:00:01Z")
    #expect(list?.map(\.caller) == [.recon, .admin])
  }

  @Test(
    "what weakens further, has no end or names nobody is no override",
    arguments: [
      "recon=off@2026-11-26T12:00:00Z", "recon=enforce@2026-11-26T12:00:00Z", "recon=observe", "recon=observe@", "recon=observe@12:00",
      "nobody=observe@2026-11-26T12:00:00Z", "observe@2026-11-26T12:00:00Z", "recon=observe@2026-02-30T12:00:00Z",
      "recon=observe@2026-11-26T12:00:00+01:00", "recon=observe@2026-11-26T12:00:00Z,", "recon=observe@1795694400",
      "recon=observe@2026-11-26T12:00:00.5Z",
      "recon=observe@2026-11-26T12:00:00Z,recon=observe@2026-11-26T13:00:00Z", "",
    ])
  func refused(text: String) {
    #expect(EnforcementOverride.list(text) == nil)
  }

  @Test("it weakens its own caller, until its end, and makes no service stricter")
  func mode() {
    let policy = EnforcementPolicy(mode: .enforce, overrides: [EnforcementOverride(caller: .recon, until: Self.end)])
    let before = Timestamp(microseconds: Self.end.microseconds - 1)
    #expect(policy.mode(of: .recon, at: before) == .observe)
    #expect(policy.mode(of: .admin, at: before) == .enforce)
    #expect(policy.mode(of: .recon, at: Self.end) == .enforce)
    #expect(policy.living(at: Self.end).isEmpty)
    #expect(EnforcementPolicy(mode: .off, overrides: policy.overrides).mode(of: .recon, at: before) == .off)
  }
}
