internal import Kernel
internal import Testing

@testable import Gateway

@Suite struct PublicRoutesTests {
  static let routes = PublicRoutes([
    GatewayRoute(.get, "/v1/things/{id}", to: .walletService), GatewayRoute(.post, "/v1/things", to: .walletService),
    GatewayRoute(.get, "/v1/things/special", to: .walletService, needsPlayer: false),
  ])

  @Test("a pattern takes one plain segment, and a literal path goes before it")
  func patterns() {
    #expect(Self.routes.match(.get, "/v1/things/17") == .route(Self.routes.routes[0]))
    #expect(Self.routes.match(.head, "/v1/things/17") == .route(Self.routes.routes[0]))
    #expect(Self.routes.match(.get, "/v1/things/special") == .route(Self.routes.routes[2]))
    for path in ["/v1/things/", "/v1/things/a/b", "/v1/things/..", "/v1/things/a.b", "/v1/things/%41", "/v1//things/1", "/v1/things/1/"] {
      #expect(Self.routes.match(.get, path) == .unknown, "\(path)")
    }
  }

  @Test("no public route leads to an internal path, and every write to the wallet is signed", arguments: PublicRoutes.cordon.routes)
  func table(_ route: GatewayRoute) {
    #expect(route.template.hasPrefix("/v1/"))
    #expect(route.isSigned == (route.upstream == .walletService && !route.verb.isSafe))
    // A provider's callback carries a secret of its own, and providers call from few addresses.
    let isCallback = route.template.hasSuffix("/callback")
    #expect(route.rateClass == .credentials || route.verb.isSafe || route.needsPlayer || isCallback)
    #expect(!route.summary.isEmpty)
  }
}
