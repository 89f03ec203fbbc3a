/// A line of a double entry: what an account gains or gives.
struct ModelPosting: Hashable, Sendable {
  /// Nil for an account of the brand.
  let player: Int64?
  let account: String
  let amount: Int64
}
