internal import Kernel

/// The order of admission and each of its verdicts. Values in, next step out: who asks Redis or verifies signatures is elsewhere.
///
/// The per-address limit comes first, so that floods of random hosts and tokens cost one count each. The brand comes before the
/// route, so that a host without a brand learns nothing about routes.
enum AdmissionRules {
  static func next(
    _ request: AdmissionRequest, match: PublicRoutes.Match, isLocalPage: Bool, policy: AdmissionPolicy, progress: AdmissionProgress
  ) -> AdmissionStep {
    if isLocalPage { return .page }
    let route: GatewayRoute? = if case .route(let route) = match { route } else { nil }
    func refuse(_ problem: Problem, brand: Brand? = nil, _ finding: AdmissionFinding? = nil, _ fields: [AdmissionDecision.Field] = [])
      -> AdmissionStep
    {
      .refuse(.init(problem, brand: brand, route: route, finding: finding, fields: fields))
    }

    // S4-STOP-04: nothing new is written once the stop has begun.
    if request.isDraining, !request.verb.isSafe { return refuse(Problem(.draining, retryAfterSeconds: 1)) }

    let rateClass = route?.rateClass ?? .general
    guard let rate = progress.rate else { return .countRate(rateClass) }
    if case .exceeded(let limit, let seconds) = rate {
      return refuse(Problem(.rateLimited, retryAfterSeconds: seconds), nil, rateFields(rateClass, limit: limit, seconds: seconds))
    }

    let brand: Brand
    switch progress.resolution {
    case nil: return .resolveBrand
    case .unknownDomain: return refuse(Problem(.unknownDomain), .unknownDomain)
    case .redisError: return refuse(Problem(.redisError, retryAfterSeconds: 1), .redisError)
    case .catalogUnavailable: return refuse(Problem(.unavailable, retryAfterSeconds: 1))
    case .brand(let resolved): brand = resolved
    }
    guard brand.status == .enabled else { return refuse(Problem(.brandDisabled), brand: brand) }
    if rate == .unavailable, policy.refusesUncounted { return refuse(Problem(.redisError, retryAfterSeconds: 1), brand: brand) }

    switch match {
    case .unknown: return refuse(Problem(.notFound), brand: brand)
    case .methodNotAllowed(let allowed):
      return refuse(
        Problem(.methodNotAllowed), brand: brand, nil, [.init(name: "allow", value: allowed.map(\.rawValue).joined(separator: ", "))])
    case .route(let route):
      return route.needsPlayer
        ? player(route, brand, policy, progress)
        : .forward(Admittance(route: route, brand: brand, identity: nil))
    }
  }

  private static func player(_ route: GatewayRoute, _ brand: Brand, _ policy: AdmissionPolicy, _ progress: AdmissionProgress)
    -> AdmissionStep
  {
    func refuse(_ reason: ProblemReason, _ finding: AdmissionFinding? = nil) -> AdmissionStep {
      // Without any credentials the problem's own page has the plain challenge (RFC 6750 section 3).
      let isBadToken = reason.status == 401 && reason != .unauthenticated
      let fields = isBadToken ? [AdmissionDecision.Field(name: "www-authenticate", value: #"Bearer error="invalid_token""#)] : []
      let retryAfter = reason.status == 503 ? 1 : nil
      return .refuse(.init(Problem(reason, retryAfterSeconds: retryAfter), brand: brand, route: route, finding: finding, fields: fields))
    }
    // Where the mode only observes, a token of another brand is counted and then treated as what it is under this brand: a token
    // whose session doesn't exist here. It never speaks for anybody (S0-RES-08).
    func mismatch(_ tokenBrand: BrandID?, _ player: PlayerID? = nil, _ session: String? = nil) -> AdmissionStep {
      refuse(
        policy.enforcement.rejects ? .jwtDomainMismatch : .sessionMissing,
        .brandMismatch(tokenBrand: tokenBrand, player: player, session: session))
    }

    switch progress.token {
    case nil: return .verifyToken
    case .absent: return refuse(.unauthenticated)
    case .refused(.jwtDomainMismatch, _): return mismatch(nil)
    case .refused(.unknownKeyID, _): return refuse(.unknownKeyID, .unknownKeyID)
    case .refused(let reason, _): return refuse(reason)
    case .valid(let tokenBrand, let player, let session):
      guard tokenBrand == brand.id else { return mismatch(tokenBrand, player, session) }
      switch progress.session {
      case nil: return .findSession(brand: brand.id, session: session)
      case .missing: return refuse(.sessionMissing, .sessionMissing)
      case .unavailable: return refuse(.redisError)
      case .living:
        return .forward(Admittance(route: route, brand: brand, identity: PlayerIdentity(player: player, session: session)))
      }
    }
  }

  /// `RateLimit-Policy` and `RateLimit` of draft-ietf-httpapi-ratelimit-headers-10: quota and window, what is left and for how long.
  private static func rateFields(_ rateClass: GatewayRoute.RateClass, limit: Int, seconds: Int) -> [AdmissionDecision.Field] {
    [
      .init(name: "ratelimit-policy", value: "\"\(rateClass.rawValue)\";q=\(limit);w=60"),
      .init(name: "ratelimit", value: "\"\(rateClass.rawValue)\";r=0;t=\(seconds)"),
    ]
  }
}
