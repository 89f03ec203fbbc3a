/// PostgreSQL's binary `numeric`: digits of base 10000, the first of weight 10000^weight.
enum NumericRules {
  private static let positive: UInt16 = 0x0000
  private static let negative: UInt16 = 0x4000

  /// Nil for a fraction, NaN, infinity, and what doesn't fit.
  static func wholeNumber(_ bytes: RawSpan) -> Int64? {
    guard let count: Int16 = bytes.integer(at: 0), let weight: Int16 = bytes.integer(at: 2), let sign: UInt16 = bytes.integer(at: 4),
      count >= 0, sign == positive || sign == negative
    else { return nil }
    // Counted downwards from zero, so that Int64.min fits as well.
    var value: Int64 = 0
    for position in 0..<max(Int(count), Int(weight) + 1) {
      let digit: Int64
      if position < count {
        guard let stored: Int16 = bytes.integer(at: 8 + 2 * position) else { return nil }
        digit = Int64(stored)
      } else {
        digit = 0
      }
      guard position <= Int(weight) else {
        guard digit == 0 else { return nil }
        continue
      }
      let (shifted, tooLarge) = value.multipliedReportingOverflow(by: 10_000)
      let (next, tooLargeStill) = shifted.subtractingReportingOverflow(digit)
      guard !tooLarge, !tooLargeStill else { return nil }
      value = next
    }
    if sign == negative { return value }
    return value == .min ? nil : -value
  }
}
