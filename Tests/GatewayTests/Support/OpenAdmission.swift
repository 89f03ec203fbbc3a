internal import Kernel

@testable import Gateway

/// Lets every listed route pass as brand 1 and player 7, without asking anybody.
struct OpenAdmission: Admission {
  var routes = PublicRoutes([
    GatewayRoute(.get, "/r", to: .playerService), GatewayRoute(.post, "/r", to: .playerService),
    GatewayRoute(.post, "/signed", to: .walletService, isSigned: true),
  ])
  /// Answers from another thread after this time instead of at once.
  var delay: Duration?

  func decide(_ request: AdmissionRequest, deliver: @escaping @Sendable (AdmissionDecision) -> Void) -> AdmissionDecision? {
    let decision = decision(request)
    guard let delay else { return decision }
    // A double of the service's own worker; the test outlives it.
    Task {
      try? await Task.sleep(for: delay)
      deliver(decision)
    }
    return nil
  }

  private func decision(_ request: AdmissionRequest) -> AdmissionDecision {
    switch routes.match(request.verb, request.path) {
    case .route(let route): .forward(Admittance(route: route, brand: Self.brand, identity: Self.identity))
    case .methodNotAllowed: .refuse(.init(Problem(.methodNotAllowed)))
    case .unknown: .refuse(.init(Problem(.notFound)))
    }
  }

  static let identity = PlayerID(7).map { PlayerIdentity(player: $0, session: "s-1") }

  static var brand: Brand {
    guard let id = BrandID(1), let code = BrandCode("default"), let currency = Currency(code: "EUR") else {
      preconditionFailure("the sample brand is valid")
    }
    return Brand(id: id, code: code, status: .enabled, currency: currency)
  }
}
