/// What a run of the seed found and did, in its order.
package struct SeedReport: Hashable, Sendable {
  package enum Outcome: String, Sendable {
    case created
    case changed
    /// It was there already.
    case kept
    case skipped
  }

  package struct Line: Hashable, Sendable {
    /// Code of the brand; nil for what belongs to the platform.
    package let brand: String?
    package let what: String
    package let outcome: Outcome
  }

  package private(set) var lines: [Line] = []

  /// True when the run found everything as it should be.
  package var changedNothing: Bool { !lines.contains { $0.outcome == .created || $0.outcome == .changed } }

  mutating func note(_ what: String, brand: String? = nil, _ outcome: Outcome) {
    lines.append(Line(brand: brand, what: what, outcome: outcome))
  }
}
