import Kernel
import Testing

@Suite("Money")
struct MoneyTests {
  private let euro: Currency
  private let yen: Currency
  private let dinar: Currency

  init() throws {
    euro = try #require(Currency(code: "EUR"))
    yen = try #require(Currency(code: "JPY"))
    dinar = try #require(Currency(code: "KWD"))
  }

  @Test("Arithmetic never wraps")
  func overflow() {
    let most = Money(minorUnits: .max, currency: euro)
    #expect(most.adding(Money(minorUnits: 1, currency: euro)) == nil)
    #expect(Money(minorUnits: .min, currency: euro).subtracting(Money(minorUnits: 1, currency: euro)) == nil)
    #expect(most.subtracting(most) == .zero(euro))
  }

  @Test("An amount that people write is exact or none")
  func decimals() {
    let amounts: [(String, Currency, Int64?)] = [
      ("12.50", euro, 1250), ("12.5", euro, 1250), ("12", euro, 1200), ("0.01", euro, 1), ("12.500", euro, 1250), ("12.505", euro, nil),
      ("1500", yen, 1500), ("1500.0", yen, 1500), ("1500.5", yen, nil), ("1.234", dinar, 1234), ("007.10", euro, 710),
      ("92233720368547758.07", euro, .max), ("92233720368547758.08", euro, nil), ("", euro, nil), (".", euro, nil), (".5", euro, nil),
      ("5.", euro, nil), ("-1", euro, nil), ("+1", euro, nil), ("1e3", euro, nil), ("1,5", euro, nil), ("1.5.0", euro, nil),
      (" 1", euro, nil),
      ("١", euro, nil), (String(repeating: "0", count: 41), euro, nil),
    ]
    for (text, currency, minorUnits) in amounts {
      #expect(Money(decimal: text, currency: currency)?.minorUnits == minorUnits, "\(text)")
    }
  }

  @Test("Currencies don't mix")
  func currencies() {
    #expect(Money(minorUnits: 1, currency: euro).adding(Money(minorUnits: 1, currency: yen)) == nil)
    #expect(Currency(code: "eur") == nil)
    #expect(Set(Currency.all.map(\.code)).count == Currency.all.count)
  }

  @Test("People read major units")
  func description() {
    #expect(Money(minorUnits: 1234, currency: euro).description == "12.34 EUR")
    #expect(Money(minorUnits: -5, currency: euro).description == "-0.05 EUR")
    #expect(Money(minorUnits: 1500, currency: yen).description == "1500 JPY")
    #expect(Money(minorUnits: 7, currency: dinar).description == "0.007 KWD")
    #expect(Money(minorUnits: .min, currency: euro).description == "-92233720368547758.08 EUR")
  }
}
