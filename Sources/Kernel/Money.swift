/// An amount of one currency in minor units (cents). Arithmetic never wraps and never rounds: it succeeds exactly or returns nil.
package struct Money: Hashable, Sendable, CustomStringConvertible {
  package let minorUnits: Int64
  package let currency: Currency

  package init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// An amount as people write it: digits and at most one point, without sign, spaces or exponent. Nil when it has more decimal places than the
  /// currency (zeros behind them are none) or doesn't fit.
  package init?(decimal text: String, currency: Currency) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard text.utf8.count <= 40, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }) else { return nil }
    let decimals = parts.count > 1 ? parts[1] : ""
    guard decimals.dropFirst(currency.exponent).allSatisfy({ $0 == "0" }) else { return nil }
    let kept = decimals.prefix(currency.exponent)
    let digits = parts[0] + kept + String(repeating: "0", count: currency.exponent - kept.count)
    guard let minorUnits = Int64(digits) else { return nil }
    self.init(minorUnits: minorUnits, currency: currency)
  }

  package static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency: currency) }

  /// Nil on overflow and on different currencies.
  package func adding(_ other: Money) -> Money? {
    guard currency == other.currency else { return nil }
    let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
    return overflow ? nil : Money(minorUnits: sum, currency: currency)
  }

  /// Nil on overflow and on different currencies.
  package func subtracting(_ other: Money) -> Money? {
    guard currency == other.currency else { return nil }
    let (difference, overflow) = minorUnits.subtractingReportingOverflow(other.minorUnits)
    return overflow ? nil : Money(minorUnits: difference, currency: currency)
  }

  /// Major units with the currency's decimal places, for people: `12.34 EUR`, `-0.05 EUR`, `1500 JPY`.
  package var description: String {
    let digits = String(minorUnits.magnitude)
    let sign = minorUnits < 0 ? "-" : ""
    guard currency.exponent > 0 else { return "\(sign)\(digits) \(currency.code)" }
    let padded = String(repeating: "0", count: max(0, currency.exponent + 1 - digits.count)) + digits
    let split = padded.index(padded.endIndex, offsetBy: -currency.exponent)
    return "\(sign)\(padded[..<split]).\(padded[split...]) \(currency.code)"
  }
}
