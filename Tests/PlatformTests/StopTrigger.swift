import ServiceLifecycle

/// A service that ends when the test says so, which stops its group gracefully as a signal would.
final class StopTrigger: Service {
  private let gate = Gate()

  func stop() { gate.open() }

  func run() async throws { await gate.pass() }
}
