/// The numeric identity of a brand: always greater than zero, so that "no brand" can't be spelled as a brand (S0-RES-13).
package struct BrandID: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let rawValue: Int64

  /// Nil for zero and below.
  package init?(_ rawValue: Int64) {
    guard rawValue > 0 else { return nil }
    self.rawValue = rawValue
  }

  /// Reads a header or path value: plain decimal digits only (no sign, no spaces), greater than zero.
  package init?(text: some StringProtocol) {
    guard let value = Decimal64.parse(text) else { return nil }
    self.init(value)
  }

  package var description: String { String(rawValue) }

  package static func < (left: BrandID, right: BrandID) -> Bool { left.rawValue < right.rawValue }
}
