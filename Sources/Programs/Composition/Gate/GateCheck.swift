/// One way of looking at a condition of the gate. Changes nothing. What can't be looked at is thrown, and counts as not met.
protocol GateCheck: Sendable {
  func look(at scene: GateScene) async throws -> GateFinding
}
