internal import Kernel

/// A living session of a player at a provider.
struct GameSession: Hashable, Sendable {
  let player: ResolvedAccount
  let provider: String
  let game: String
  let expiresAt: Timestamp
}
