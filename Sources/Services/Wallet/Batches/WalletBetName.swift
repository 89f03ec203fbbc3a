/// A bet as its provider names it: unique in a brand.
struct WalletBetName: Hashable, Sendable {
  let provider: String
  let reference: String
}
