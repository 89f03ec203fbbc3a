import ServiceLifecycle

/// A service that ignores every request to stop.
struct StuckService: Service {
  let gate: Gate

  func run() async throws { await gate.pass() }
}
