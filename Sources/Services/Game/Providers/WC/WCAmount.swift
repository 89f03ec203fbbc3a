internal import Kernel

/// Amounts in hundred-thousandths of the major unit, whatever the currency. Exact, or refused.
enum WCAmount {
  private static let exponent = 5

  static func minorUnits(of amount: Int64, _ currency: Currency, _ fields: CallbackFields) throws(CallbackFault) -> Int64 {
    let factor = power(abs(exponent - currency.exponent))
    if currency.exponent > exponent {
      let (product, overflow) = amount.multipliedReportingOverflow(by: factor)
      guard !overflow else { throw fields.fault("amount is out of range") }
      return product
    }
    guard amount % factor == 0 else { throw fields.fault("amount is no whole number of minor units") }
    return amount / factor
  }

  /// What is finer than a hundred-thousandth is left out of a balance.
  static func text(of minorUnits: Int64, _ currency: Currency) -> String {
    let factor = Int128(power(abs(exponent - currency.exponent)))
    return String(currency.exponent > exponent ? Int128(minorUnits) / factor : Int128(minorUnits) * factor)
  }

  private static func power(_ exponent: Int) -> Int64 { (0..<exponent).reduce(1) { product, _ in product * 10 } }
}
