/// A player that the simulator registered.
struct SimulatorPlayer: Sendable {
  let brand: DemoBrand
  let account: String
  let id: Int64
  let password: String
  var token: String
}
