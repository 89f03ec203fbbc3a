/// Runs a server's checks, all at once.
package struct ReadinessProbe: Sendable {
  private let service: String
  private let checks: [ReadinessCheck]

  /// Every server has `drain` besides its own checks.
  package init(service: String, checks: [ReadinessCheck], drain: DrainState) {
    self.service = service
    let drainCheck = ReadinessCheck("drain") { drain.isDraining ? .failed("the process is shutting down") : .passed }
    self.checks = checks + [drainCheck]
  }

  /// One failed check makes the instance not ready: there is no partial readiness (S4-READY-07).
  package func run() async -> (isReady: Bool, body: ReadinessBody) {
    let results = await withTaskGroup(of: (Int, ReadinessBody.Check).self) { group in
      for (index, check) in checks.enumerated() { group.addTask { (index, await Self.run(check)) } }
      var results: [(Int, ReadinessBody.Check)] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
    let isReady = results.allSatisfy { $0.status == "pass" }
    return (isReady, ReadinessBody(role: service, status: isReady ? "ready" : "not_ready", checks: results))
  }

  private static func run(_ check: ReadinessCheck) async -> ReadinessBody.Check {
    let started = ContinuousClock.now
    let outcome = await bounded(check)
    let milliseconds = Int64((ContinuousClock.now - started).inSeconds * 1000)
    switch outcome {
    case .passed: return .init(name: check.name, status: "pass", detail: nil, durationMilliseconds: milliseconds)
    case .failed(let why): return .init(name: check.name, status: "fail", detail: why, durationMilliseconds: milliseconds)
    }
  }

  /// Unstructured on purpose: a task group would wait for a check that ignores cancellation, and the probe would hang with it.
  /// What is left running ends with the deadline of the driver it waits for.
  private static func bounded(_ check: ReadinessCheck) async -> ReadinessCheck.Outcome {
    let (outcomes, continuation) = AsyncStream.makeStream(of: ReadinessCheck.Outcome.self, bufferingPolicy: .bufferingOldest(1))
    let work = Task {
      continuation.yield(await check.run())
      continuation.finish()
    }
    let alarm = Task {
      try? await Task.sleep(for: check.deadline)
      continuation.yield(.failed("no result within \(check.deadline)"))
      continuation.finish()
    }
    defer {
      work.cancel()
      alarm.cancel()
    }
    for await outcome in outcomes { return outcome }
    return .failed("no result")
  }
}
