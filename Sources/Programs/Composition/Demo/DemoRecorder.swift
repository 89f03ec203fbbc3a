internal import Kernel

/// Runs steps one after another and keeps what came of each. A step that throws has failed, and those after it still run.
actor DemoRecorder {
  private var steps: [DemoStep] = []
  private let observe: @Sendable (DemoStep) -> Void

  init(observe: @escaping @Sendable (DemoStep) -> Void) { self.observe = observe }

  var report: DemoReport { DemoReport(steps: steps) }

  @discardableResult
  func step(
    _ name: String, _ brand: String?, expect expected: String, _ body: @Sendable () async throws -> String
  ) async -> DemoStep {
    let started = ContinuousClock.now
    let actual: String
    do {
      actual = try await body()
    } catch {
      actual = "no answer: \(error)"
    }
    let step = DemoStep(
      name: name, brand: brand, expected: expected, actual: actual,
      milliseconds: Int64((ContinuousClock.now - started) / .milliseconds(1)))
    steps.append(step)
    observe(step)
    return step
  }
}
