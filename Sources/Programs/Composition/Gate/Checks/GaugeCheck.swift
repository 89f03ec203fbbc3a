internal import Kernel

/// Every series of a gauge has a right value on each instance of a role.
struct GaugeCheck: GateCheck {
  private let role: ServiceRole
  private let metric: String
  private let mustBeShown: Bool
  private let wanted: String
  private let isRight: @Sendable (Double) -> Bool

  /// - Parameter mustBeShown: false where a gauge without series means that there is nothing to say.
  init(_ role: ServiceRole, _ metric: String, mustBeShown: Bool, _ wanted: String, isRight: @escaping @Sendable (Double) -> Bool) {
    self.role = role
    self.metric = metric
    self.mustBeShown = mustBeShown
    self.wanted = wanted
    self.isRight = isRight
  }

  func look(at scene: GateScene) -> GateFinding {
    let answers = scene.answers(of: role)
    let shown = answers.states.flatMap { $0.metrics.series(metric) }
    let faults = answers.states.flatMap { state -> [String] in
      let series = state.metrics.series(metric)
      if series.isEmpty && mustBeShown { return ["\(role.rawValue) does not show \(metric)"] }
      return series.filter { !isRight($0.value) }.map { "\($0.name) is \($0.value), not \(wanted)" }
    }
    // What was seen, beside what was wanted: one mustn't be read as the other.
    let seen = shown.isEmpty ? "nothing" : shown.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    return .judged("\(role.rawValue) shows \(seen); wanted is \(wanted)", faults: answers.faults + faults)
  }
}
