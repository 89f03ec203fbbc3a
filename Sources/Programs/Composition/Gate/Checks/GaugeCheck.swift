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
    let faults = answers.states.flatMap { state -> [String] in
      let series = state.metrics.series(metric)
      if series.isEmpty && mustBeShown { return ["\(role.rawValue) does not show \(metric)"] }
      return series.filter { !isRight($0.value) }.map { "\($0.name) is \($0.value), not \(wanted)" }
    }
    return .judged("\(metric) at \(role.rawValue): \(wanted)", faults: answers.faults + faults)
  }
}
