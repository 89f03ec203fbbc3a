internal import Kernel

/// A round of a provider that has rules about rounds.
struct GameRound: Hashable, Sendable {
  let player: PlayerID
  var isOpen: Bool
  var bet: String?
  var win: String?
}
