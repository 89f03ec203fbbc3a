/// How a provider names a bet.
struct ModelBetName: Hashable, Sendable {
  let provider: String
  let reference: String
}
