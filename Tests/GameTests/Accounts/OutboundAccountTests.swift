import Kernel
import Testing

@testable import Game

@Suite("Outbound accounts read back as one brand's or nobody's")
struct OutboundAccountTests {
  @Test("the first underscore ends the brand code, whatever the account has (S0-GAME-03)")
  func firstUnderscore() throws {
    let brand2 = try #require(BrandCode("brand2"))
    #expect(OutboundAccount("brand2_alice_e2e") == .namespaced(brand2, account: "alice_e2e"))
    #expect(OutboundAccount("brand2__alice") == .namespaced(brand2, account: "_alice"))
    #expect(OutboundAccount("brand2_") == .unreadable)
    #expect(OutboundAccount("_alice") == .unreadable)
    #expect(OutboundAccount("Brand2_alice") == .unreadable)
    #expect(OutboundAccount("alice") == .rawAccount("alice"))
    #expect(OutboundAccount("brand2_al ice") == .unreadable)
  }
}
