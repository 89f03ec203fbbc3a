/// The internal identity of a player. It means something only together with a brand: two brands may hold the same number.
package struct PlayerID: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let rawValue: Int64

  /// Nil for zero and below.
  package init?(_ rawValue: Int64) {
    guard rawValue > 0 else { return nil }
    self.rawValue = rawValue
  }

  package init?(text: some StringProtocol) {
    guard let value = Decimal64.parse(text) else { return nil }
    self.init(value)
  }

  package var description: String { String(rawValue) }

  package static func < (left: PlayerID, right: PlayerID) -> Bool { left.rawValue < right.rawValue }
}
