internal import Kernel
internal import NIOCore
internal import Testing

@testable import Gateway

/// The order of admission, as a table: what is known of a request, and what comes next.
@Suite struct AdmissionRulesTests {
  static let open = GatewayRoute(.get, "/v1/brand", to: .playerService, needsPlayer: false)
  static let player = GatewayRoute(.post, "/v1/wallet/bets", to: .walletService, isSigned: true)
  static let enabled = OpenAdmission.brand
  static let disabled = Brand(id: enabled.id, code: enabled.code, status: .disabled, currency: enabled.currency)

  static func request(_ verb: String = "GET", draining: Bool = false) throws -> AdmissionRequest {
    var parser = RequestHeadParser(limits: WireLimits())
    var buffer = ByteBuffer(string: "\(verb) /x HTTP/1.1\r\nHost: a.example\r\n\r\n")
    let head = try #require(try parser.parse(&buffer))
    return AdmissionRequest(
      head: head, client: ClientAddress(text: "192.0.2.1", bucket: "192.0.2.1"),
      identifiers: TraceIdentifiers(requestID: "r", traceID: "t", traceparent: "p", continuesTrace: false), isDraining: draining)
  }

  static func next(
    _ match: PublicRoutes.Match = .route(open), rate: RateVerdict? = .within, resolution: BrandResolution? = .brand(enabled),
    token: TokenVerdict? = nil, session: SessionVerdict? = nil, mode: EnforcementMode = .enforce, environment: String = "production",
    verb: String = "GET", draining: Bool = false
  ) throws -> AdmissionStep {
    AdmissionRules.next(
      try request(verb, draining: draining), match: match, isLocalPage: false,
      policy: AdmissionPolicy(enforcement: mode, environment: DeploymentEnvironment(label: environment)),
      progress: AdmissionProgress(rate: rate, resolution: resolution, token: token, session: session))
  }

  static func reason(_ step: AdmissionStep) -> ProblemReason? {
    if case .refuse(let refusal) = step { refusal.problem.reason } else { nil }
  }

  static func token(brand number: Int64) throws -> TokenVerdict {
    .valid(brand: try #require(BrandID(number)), player: try #require(PlayerID(7)), session: "s")
  }

  @Test("the limit is asked before the brand, the brand before the route, the token before the session")
  func order() throws {
    #expect(try Self.next(rate: nil, resolution: nil) == .countRate(.general))
    #expect(try Self.next(resolution: nil) == .resolveBrand)
    #expect(try Self.next(.unknown, resolution: nil) == .resolveBrand)
    #expect(try Self.next(.route(Self.player)) == .verifyToken)
    #expect(try Self.next(.route(Self.player), token: Self.token(brand: 1)) == .findSession(brand: Self.enabled.id, session: "s"))
    guard case .forward(let admittance) = try Self.next(.route(Self.player), token: Self.token(brand: 1), session: .living) else {
      Issue.record("not forwarded")
      return
    }
    #expect(admittance.identity?.player.rawValue == 7 && admittance.brand == Self.enabled)
  }

  @Test("each verdict has its refusal")
  func refusals() throws {
    #expect(try Self.reason(Self.next(rate: .exceeded(limit: 1, retryAfterSeconds: 9))) == .rateLimited)
    #expect(try Self.reason(Self.next(resolution: .unknownDomain)) == .unknownDomain)
    #expect(try Self.reason(Self.next(resolution: .redisError)) == .redisError)
    #expect(try Self.reason(Self.next(resolution: .catalogUnavailable)) == .unavailable)
    #expect(try Self.reason(Self.next(resolution: .brand(Self.disabled))) == .brandDisabled)
    #expect(try Self.reason(Self.next(.unknown)) == .notFound)
    #expect(try Self.reason(Self.next(.methodNotAllowed(allowed: [.post]))) == .methodNotAllowed)
    #expect(try Self.reason(Self.next(.route(Self.player), token: .absent)) == .unauthenticated)
    #expect(try Self.reason(Self.next(.route(Self.player), token: .refused(.tokenExpired, name: "expired"))) == .tokenExpired)
    #expect(try Self.reason(Self.next(.route(Self.player), token: .refused(.unknownKeyID, name: "unknown_kid"))) == .unknownKeyID)
    #expect(try Self.reason(Self.next(.route(Self.player), token: Self.token(brand: 1), session: .missing)) == .sessionMissing)
    #expect(try Self.reason(Self.next(.route(Self.player), token: Self.token(brand: 1), session: .unavailable)) == .redisError)
  }

  @Test(
    "S0-RES-06 S0-RES-07 S0-RES-08 a foreign or brandless token is refused in every mode, below 500, and found as a mismatch",
    arguments: EnforcementMode.allCases)
  func mismatch(_ mode: EnforcementMode) throws {
    for token in [try Self.token(brand: 2), .refused(.jwtDomainMismatch, name: "brand_missing")] {
      // A session that lives under the host's brand by chance makes no difference.
      guard case .refuse(let refusal) = try Self.next(.route(Self.player), token: token, session: .living, mode: mode) else {
        Issue.record("not refused")
        continue
      }
      guard case .brandMismatch = refusal.finding else {
        Issue.record("not found")
        continue
      }
      #expect(refusal.problem.reason == (mode == .enforce ? .jwtDomainMismatch : .sessionMissing))
      #expect(refusal.problem.reason.status < 500)
    }
  }

  @Test(
    "S0-HARD-17 a limit that can't be counted refuses in production and passes in development",
    arguments: [("production", true), ("test", false), ("staging", true)])
  func uncounted(_ environment: String, _ refuses: Bool) throws {
    let step = try Self.next(rate: .unavailable, environment: environment)
    #expect((Self.reason(step) == .redisError) == refuses)
  }

  @Test("S4-STOP-04 while the stop lasts writes are refused and reads aren't")
  func draining() throws {
    #expect(try Self.reason(Self.next(.route(Self.player), verb: "POST", draining: true)) == .draining)
    #expect(try Self.next(.route(Self.open), draining: true) != .refuse(.init(Problem(.draining))))
    #expect(try Self.reason(Self.next(.route(Self.open), draining: true)) == nil)
  }
}
