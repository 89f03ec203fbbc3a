import Kernel
import Testing

@Suite("Brand identities")
struct BrandTests {
  @Test(
    "S0-RES-13 a brand id is a plain positive decimal; everything else is no brand",
    arguments: ["0", "-1", "abc", "", " 1", "+1", "01", "1.0", "9223372036854775808", "１"])
  func refusesText(text: String) {
    #expect(BrandID(text: text) == nil)
  }

  @Test("A brand id reads back what it wrote", arguments: [1, 2, Int64.max])
  func roundTrip(value: Int64) throws {
    let id = try #require(BrandID(value))
    #expect(BrandID(text: id.description) == id)
  }

  @Test("Zero and below are no brand", arguments: [0, -1, Int64.min])
  func refusesNumbers(value: Int64) {
    #expect(BrandID(value) == nil)
    #expect(PlayerID(value) == nil)
  }

  @Test(
    "A brand code has no underscore, so that an outbound account can be parsed back",
    arguments: ["", "Default", "a_b", "1a", "a-b", "é", String(repeating: "a", count: 33)])
  func refusesCodes(code: String) {
    #expect(BrandCode(code) == nil)
  }

  @Test("Usual brand codes", arguments: ["default", "brand2", "a"])
  func acceptsCodes(code: String) {
    #expect(BrandCode(code)?.rawValue == code)
  }
}
