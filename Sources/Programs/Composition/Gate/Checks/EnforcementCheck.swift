internal import Kernel

/// Every instance of every service says that it enforces.
struct EnforcementCheck: GateCheck {
  func look(at scene: GateScene) -> GateFinding {
    let faults = scene.instances.compactMap { instance -> String? in
      guard let state = scene.states[instance] else { return "\(instance.role.rawValue) does not answer at \(instance.url)" }
      return state.mode == .enforce ? nil : "\(instance.role.rawValue) is in \(state.mode.rawValue) at \(instance.url)"
    }
    return .judged("\(scene.states.count) of \(scene.instances.count) instances answered", faults: faults)
  }
}
