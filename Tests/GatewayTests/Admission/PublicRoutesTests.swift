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

  @Test("tiles pass in the spelling of tlog-tiles, entries and other dots don't")
  func tiles() {
    func match(_ path: String) -> String {
      guard case .route(let route) = PublicRoutes.cordon.match(.get, "/log/brand/1/wallet_ledger/" + path) else { return "" }
      return String(route.template.dropFirst("/log/brand/{brand_id}/{ledger}/".count))
    }
    #expect(match("checkpoint") == "checkpoint")
    #expect(match("tile/0/000") == "tile/{level}/{a}")
    #expect(match("tile/1/x001/067") == "tile/{level}/{a}/{b}")
    #expect(match("tile/0/x001/x234/067.p/5") == "tile/{level}/{a}/{b}/{c}.p/{width}")
    #expect(match("tile/0/067.p/5") == "tile/{level}/{a}.p/{width}")
    for path in ["tile/0/067.q/5", "tile/0/..p/5", "tile/0/.p/5", "tile/0/0.7.p/5", "tile/0/067.p", "tile/0/..", "tile/0/067.p/5/"] {
      #expect(match(path) == "", "\(path)")
    }
  }

  @Test("no public route leads to an internal path, and every write to the wallet is signed", arguments: PublicRoutes.cordon.routes)
  func table(_ route: GatewayRoute) {
    #expect(route.template.hasPrefix("/v1/") || route.template.hasPrefix("/log/"))
    #expect(route.isSigned == (route.upstream == .walletService && !route.verb.isSafe))
    // A provider's callback carries a secret of its own, and providers call from few addresses.
    let isCallback = route.template.hasSuffix("/callback")
    #expect(route.rateClass == .credentials || route.verb.isSafe || route.needsPlayer || isCallback)
    #expect(!route.summary.isEmpty)
  }
}
