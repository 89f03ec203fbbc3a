/// A player who has registered and logged in through the gateway.
struct StackPlayer: Hashable, Sendable {
  let brand: StackBrand
  let id: Int64
  let token: String
}
