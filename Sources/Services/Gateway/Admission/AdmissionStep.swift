internal import Kernel

/// What admission does next for a request.
enum AdmissionStep: Hashable, Sendable {
  /// The gateway answers itself.
  case page
  case countRate(GatewayRoute.RateClass)
  case resolveBrand
  case verifyToken
  case findSession(brand: BrandID, session: String)
  case forward(Admittance)
  case refuse(AdmissionDecision.Refusal)
}
