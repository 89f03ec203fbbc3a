/// What the token of a callback is worth for its player at its provider.
enum SessionStanding: Hashable, Sendable {
  case live
  /// It ended, or there is none for this brand, player and provider.
  case ended
}
