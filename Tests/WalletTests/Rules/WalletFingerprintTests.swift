import Kernel
import Testing

@testable import Wallet

/// The digests were computed outside of the project from the written rule: they stand in databases, and must never change.
@Suite("Fingerprints of commands stay what they were")
struct WalletFingerprintTests {
  private static let id = "0190a000-0000-7000-8000-000000000001"

  private static let digests: [(action: WalletAction, digest: String)] = [
    (.deposit(amount: 500), "6fe18160679256428bf8db50e771d71419536956c72f64bb8b21d4fcd23bd271"),
    (.depositRequest(amount: 500), "879c021be787545d85dd3f84e531656a11c9ad98cef325b24c32c2e8cfbe526c"),
    (.depositApprove(transaction: id), "fb28e61593fc326254d871ed7ebf7625b13f7fe5d10ac4cc42a78034f404a64d"),
    (.depositDecline(transaction: id), "47aa3519ef6f1d9161a5e2bb08057c6351496c7339886a3d0755767243bbb0d0"),
    (.withdrawRequest(amount: 500), "65f31e493dd86dd0866920e978c5eed85cd6c385653ea3e23c41b61458701c80"),
    (.withdrawApprove(transaction: id), "88e6fa260b8b317013b8cbd8bbe6bdec979e6d7ee19d6bd874d57c10a7e581a5"),
    (.withdrawDecline(transaction: id), "f5dca515bf9619ac22308de07fc8bc48f1926ddc371d2876f4ea528f6d7f47bb"),
    (.withdrawPay(transaction: id), "6808f91a8717e1a50fad6cd026c264b03274272a8fc3b91c96f3c3e9c12f2bab"),
    (
      .authorize(amount: 500, provider: "mg", reference: "b", round: nil),
      "b0b6f4522b7d36c0293279c905b977d3d49a6ff67402880bab559642fb6cb870"
    ),
    (.settle(amount: 500, provider: "mg", reference: "b"), "ba02233764cf6851fb3a83721667e3413fcd78d3376c5e557e292cadf6444f57"),
    (.rollback(provider: "mg", reference: "b"), "73b7834061e363cb18f04511d0089f0d11de561a13d13083dfefb59925d94043"),
    (.adjust(amount: -500, bucket: RulesFixture.cash), "7eb296e67c0d0ab2274d325cd5b8e72595e4fe75e655045e83f9de48667638bc"),
    (.bonusGrant(amount: 500, requirement: 5_000), "81e2ad346a06f68ae8a24927d36c0076d7a020a13457a2cfdc5f792190180586"),
    (.bonusConvert(transaction: id), "8c99d6c3fe70c1bd4a7f00b6cd7529612d79c18581355c0b18b14136f3999ced"),
    (.bonusForfeit(transaction: id), "df8cbd855214068572f6301d5d5f4bf56f861fccd5fe348a9468723d59d27e82"),
    (.rollingComplete(transaction: id), "a0b2d6063ca2c4638d2e3b12ad0e101ce69cb16e293cbdf7ba533be57e4c415b"),
    (.rebate(amount: 500), "8a65bbb16380c279bc6f95790b043f408df7e9a7a8ec68ac175c5f20194f3b07"),
    (.cashback(amount: 500), "788639b648908fdab09b05eecebd9085edf7a12606287e97ba196e05115f207b"),
    (.lossback(amount: 500), "d3d5f8901dcb2cadcda6e79c727588ab5a057ac76470fafd4dba370cf79c03ae"),
    (
      .transfer(amount: 500, from: RulesFixture.cash, to: RulesFixture.bonus),
      "d43db021785e6fdd8c7c2589399bb19f8d087596e3ae44a2bd53508789d4d58e"
    ),
  ]

  private static func digest(_ action: WalletAction, reason: String? = nil) throws -> String {
    Hexadecimal.encode(WalletFingerprint.of(action, player: try #require(PlayerID(7)), currency: "EUR", reason: reason))
  }

  @Test("S0-WAL-19 each command has the digest that it had when it was first written")
  func unchanged() throws {
    for row in Self.digests { #expect(try Self.digest(row.action) == row.digest, "\(row.action)") }
    #expect(Set(Self.digests.map(\.action.name)) == Set(WalletCommandName.allCases))
  }

  @Test("S0-WAL-19 whatever matters is in it")
  func everyMember() throws {
    let alike: [WalletAction] = [
      .bonusGrant(amount: 1, requirement: 2), .bonusGrant(amount: 2, requirement: 2), .bonusGrant(amount: 1, requirement: 1),
      .transfer(amount: 1, from: RulesFixture.cash, to: RulesFixture.bonus),
      .transfer(amount: 2, from: RulesFixture.cash, to: RulesFixture.bonus),
      .transfer(amount: 1, from: RulesFixture.bonus, to: RulesFixture.cash), .rebate(amount: 1), .rebate(amount: 2), .cashback(amount: 1),
      .lossback(amount: 1), .bonusConvert(transaction: "a"), .bonusConvert(transaction: "b"), .bonusForfeit(transaction: "a"),
      .rollingComplete(transaction: "a"),
    ]
    let digests = try alike.map { try Self.digest($0) } + [try Self.digest(.rebate(amount: 1), reason: "week 7")]
    #expect(Set(digests).count == digests.count)
  }
}
