/// An amount of one currency in minor units (cents). Arithmetic never wraps and never rounds: it succeeds exactly or returns nil.
package struct Money: Hashable, Sendable, CustomStringConvertible {
  package let minorUnits: Int64
  package let currency: Currency

  package init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
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
