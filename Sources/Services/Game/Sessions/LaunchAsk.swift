internal import Kernel

/// Who wants to play what.
struct LaunchAsk: Sendable {
  let brand: BrandID
  let player: PlayerID
  let terms: ProviderTerms
  let game: String
}
