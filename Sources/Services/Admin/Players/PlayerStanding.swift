/// Whose row a player number is, seen from one brand.
enum PlayerStanding: Hashable, Sendable {
  case own
  /// Another brand has a player of this number and this brand has none.
  case foreign
  case absent
}
