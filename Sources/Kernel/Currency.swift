/// A currency that Cordon can hold: its ISO 4217 code (or ticker) and the number of decimal places of its minor unit.
package struct Currency: Hashable, Sendable, CustomStringConvertible {
  package let code: String
  /// How many decimal digits one major unit has: 2 for EUR (1 EUR = 100 minor units), 0 for JPY.
  package let exponent: Int

  private init(_ code: String, _ exponent: Int) {
    self.code = code
    self.exponent = exponent
  }

  /// Nil when the code is not in ``all``; codes are upper case.
  package init?(code: some StringProtocol) {
    guard let known = Currency.byCode[String(code)] else { return nil }
    self = known
  }

  package var description: String { code }

  /// Every currency that Cordon accepts, with its ISO 4217 exponent. USDT is held with six places, as on its chains.
  package static let all: [Currency] = [
    Currency("AUD", 2), Currency("BRL", 2), Currency("CAD", 2), Currency("CHF", 2), Currency("CNY", 2), Currency("CZK", 2),
    Currency("DKK", 2), Currency("EUR", 2), Currency("GBP", 2), Currency("HKD", 2), Currency("HUF", 2), Currency("IDR", 2),
    Currency("INR", 2), Currency("JPY", 0), Currency("KRW", 0), Currency("KWD", 3), Currency("MXN", 2), Currency("MYR", 2),
    Currency("NOK", 2), Currency("NZD", 2), Currency("PHP", 2), Currency("PLN", 2), Currency("SEK", 2), Currency("SGD", 2),
    Currency("THB", 2), Currency("TND", 3), Currency("TRY", 2), Currency("TWD", 2), Currency("USD", 2), Currency("USDT", 6),
    Currency("VND", 0), Currency("ZAR", 2),
  ]

  private static let byCode: [String: Currency] = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })
}
