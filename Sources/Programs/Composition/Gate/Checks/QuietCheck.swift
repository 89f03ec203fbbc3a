internal import Kernel

/// Counters of a role stand at zero on each of its instances since it was started.
struct QuietCheck: GateCheck {
  private let role: ServiceRole
  private let counters: [QuietCounter]

  init(_ role: ServiceRole, _ counters: [QuietCounter]) {
    self.role = role
    self.counters = counters
  }

  func look(at scene: GateScene) -> GateFinding {
    let answers = scene.answers(of: role)
    let counted = answers.states.flatMap { state in counters.flatMap { $0.counts(in: state.metrics) } }
    // A counter that nobody shows is no proof that nothing was counted.
    let absent = answers.states.flatMap { state in
      counters.filter { !state.metrics.families.contains($0.metric) }.map { "\(role.rawValue) does not show \($0.metric)" }
    }
    let names = Set(counters.map(\.metric)).sorted().joined(separator: ", ")
    let since = answers.states.map { "\($0.since)" }.min() ?? "never"
    return .judged("\(names) at \(role.rawValue) since \(since)", faults: answers.faults + counted + absent)
  }
}
