/// A player who has logged in on one brand.
struct DemoPlayer: Sendable {
  let brand: DemoBrand
  let id: Int64
  let token: String
}
