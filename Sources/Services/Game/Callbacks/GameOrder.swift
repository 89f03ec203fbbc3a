internal import Kernel

/// A command, with whom it is for and the key under which the wallet keeps its answer.
struct GameOrder: Hashable, Sendable {
  let provider: String
  let key: String
  let player: ResolvedAccount
  let command: GameCommand
}
