/// What a provider understands of an answer.
struct ProviderReading: Hashable, Sendable {
  let status: Int
  /// The provider's own word.
  let term: String
  /// Minor units; nil where the answer shows none.
  let balance: Int?
}
