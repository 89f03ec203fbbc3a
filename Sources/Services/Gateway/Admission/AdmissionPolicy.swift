internal import Kernel

/// How strict the gateway is.
struct AdmissionPolicy: Hashable, Sendable {
  let enforcement: EnforcementMode
  /// Whether a request is refused when its limit can't be counted: in production-grade environments (S0-HARD-17).
  let refusesUncounted: Bool

  init(enforcement: EnforcementMode, environment: DeploymentEnvironment) {
    self.enforcement = enforcement
    self.refusesUncounted = environment.isProductionGrade
  }
}
