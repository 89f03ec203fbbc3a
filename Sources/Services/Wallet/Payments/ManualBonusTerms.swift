internal import Kernel
internal import Platform

/// What a brand promises on top of a deposit that no promotion covers: `brand_config` key `manual_deposit_bonus`.
struct ManualBonusTerms: Hashable, Sendable {
  static let key = "manual_deposit_bonus"
  static let zero = ManualBonusTerms(basisPoints: 0, amountMax: 0)
  private static let whole: Int64 = 10_000

  let basisPoints: Int64
  let amountMax: Int64

  private init(basisPoints: Int64, amountMax: Int64) {
    self.basisPoints = basisPoints
    self.amountMax = amountMax
  }

  /// `{"basis_points": 1000, "amount_max": 50000}`. What isn't that promises nothing.
  init(json: JSONValue?) {
    guard case .object(let members) = json,
      let basisPoints = Self.number("basis_points", members), basisPoints <= Self.whole,
      let amountMax = Self.number("amount_max", members), amountMax <= Limits.amountMinorUnitsMax
    else {
      self = .zero
      return
    }
    self.init(basisPoints: basisPoints, amountMax: amountMax)
  }

  /// Rounded down to whole minor units.
  func amount(of deposit: Int64) -> Int64 {
    guard deposit > 0 else { return 0 }
    // Whole and rest apart, so that no product leaves Int64.
    return min(amountMax, deposit / Self.whole * basisPoints + deposit % Self.whole * basisPoints / Self.whole)
  }

  private static func number(_ name: String, _ members: [JSONValue.Member]) -> Int64? {
    guard case .number(let digits) = members.first(where: { $0.name == name })?.value else { return nil }
    return Decimal64.parse(digits)
  }
}
