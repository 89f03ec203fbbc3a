/// What the audit makes of one statement.
package enum AuditClass: String, CaseIterable, Comparable, Sendable {
  /// A brand holds every table of it.
  case ok = "OK"
  /// Nothing holds it to a brand, and a marker says why that is right.
  case intentional = "OOS-INTENTIONAL"
  /// It stands in somebody else's code.
  case legacy = "OOS-LEGACY"
  /// It stands in a test, and nothing holds it to a brand.
  case fixTest = "FIX-TEST"
  /// Nothing holds it to a brand.
  case fix = "FIX"
  /// It is put together from pieces, so that what it reaches can't be read from the source.
  case fixDynamic = "FIX-DYNAMIC"

  package var isFault: Bool { self == .fix || self == .fixTest || self == .fixDynamic }

  package static func < (left: AuditClass, right: AuditClass) -> Bool { order(left) < order(right) }

  private static func order(_ item: AuditClass) -> Int { allCases.firstIndex(of: item) ?? 0 }
}
