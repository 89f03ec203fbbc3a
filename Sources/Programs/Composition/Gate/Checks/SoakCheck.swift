internal import Kernel

/// Every instance that doesn't enforce has observed for two lives of an access token. One that enforces admits no token without a brand.
struct SoakCheck: GateCheck {
  func look(at scene: GateScene) -> GateFinding {
    let faults = scene.instances.flatMap { instance -> [String] in
      guard let state = scene.states[instance] else { return ["\(instance.role.rawValue) does not answer at \(instance.url)"] }
      return scene.contract.windowObjections(to: state).map { "\(instance.role.rawValue): \($0)" }
    }
    return .judged("soak of \(scene.contract.seconds) s", faults: faults)
  }
}
