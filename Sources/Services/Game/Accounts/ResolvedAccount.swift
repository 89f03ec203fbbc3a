internal import Kernel

/// Whom an outbound account is.
struct ResolvedAccount: Hashable, Sendable {
  let brand: Brand
  let player: PlayerID
  /// As the player registered it.
  let account: String
}
