internal import Contracts
internal import HTTPTypes
package import Kernel
internal import Logging
package import Platform

/// Establishes which operator a request comes from: a bearer token of the admin audience, and on writes the cross-check of
/// `X-Operator-Id` against the token's `admin_id` (S0-ADM-04, S0-ADM-05, S0-ADM-24).
package struct OperatorGuard: Sendable {
  private let verifier: TokenVerifier
  private let clock: WallClock
  private let mismatches: Counter
  private let globalAccess: Counter
  private let violations: (any ViolationRecorder)?

  /// - Parameter violations: where attempts on other brands are kept for ever.
  package init(
    verifier: TokenVerifier, clock: WallClock = .system, metrics: PlatformMetrics, violations: (any ViolationRecorder)? = nil
  ) {
    self.verifier = verifier
    self.clock = clock
    self.violations = violations
    mismatches = metrics.registry.counter(
      "admin_operator_id_mismatch_total", "Writes whose operator could not be established.", labels: ["reason"])
    globalAccess = metrics.registry.counter(
      "admin_platform_global_access_total", "Platform-wide writes by super-admins.", labels: ["route"])
    for reason in [ProblemReason.operatorIDMismatch, .operatorClaimMissing] { _ = mismatches.series([reason.rawValue]) }
  }

  package func admit(_ request: GuardedRequest) throws -> RequestIdentity {
    let claims = try verifiedClaims(request)
    let id = try operatorID(claims, request)
    if request.access == .superAdmin {
      guard claims.isSuperAdmin else { throw Problem(.superAdminRequired) }
      if request.isWrite { globalAccess.increment([request.route]) }
    }
    let bound = claims.isSuperAdmin || claims.brands.count != 1 ? nil : claims.brands.first
    let identity = OperatorIdentity(
      id: id, isSuperAdmin: claims.isSuperAdmin, brand: bound, brands: claims.isSuperAdmin ? [] : claims.brands)
    return RequestIdentity(brand: try brand(claims, bound, request), operatorIdentity: identity)
  }

  /// The operator of a request that was refused, in a brand of theirs; nobody where the token isn't good. Counts nothing.
  func sighting(of request: GuardedRequest) -> RequestIdentity {
    guard let token = BearerToken.read(request.header("authorization")),
      let claims = try? verifier.verifyOperator(token, now: clock.now()).claims
    else { return .anonymous }
    let bound = claims.isSuperAdmin || claims.brands.count != 1 ? nil : claims.brands.first
    let named = request.header(HeaderNames.brandID).flatMap { BrandID(text: $0) }.flatMap { claims.mayAct(in: $0) ? $0 : nil }
    let identity = OperatorIdentity(id: claims.adminID ?? "", isSuperAdmin: claims.isSuperAdmin, brand: bound, brands: claims.brands)
    return RequestIdentity(brand: named ?? bound, operatorIdentity: identity)
  }

  private func verifiedClaims(_ request: GuardedRequest) throws -> OperatorClaims {
    guard let token = BearerToken.read(request.header("authorization")) else { throw Problem(.unauthenticated) }
    do {
      return try verifier.verifyOperator(token, now: clock.now()).claims
    } catch {
      request.logger.warning("operator token refused", metadata: ["reason": "\(error.rawValue)"])
      throw Problem(error.reason)
    }
  }

  /// Reads are answered to a token of the old form too; every write needs a name that can stand in the audit.
  private func operatorID(_ claims: OperatorClaims, _ request: GuardedRequest) throws -> String {
    guard request.isWrite || request.access != .operatorRead else { return claims.adminID ?? "" }
    guard let adminID = claims.adminID else { throw refused(.operatorClaimMissing, request) }
    // By bytes: two spellings that look alike are two operators.
    guard let header = request.header(HeaderNames.operatorID), Array(header.utf8) == Array(adminID.utf8) else {
      throw refused(.operatorIDMismatch, request)
    }
    return adminID
  }

  private func refused(_ reason: ProblemReason, _ request: GuardedRequest) -> Problem {
    mismatches.increment([reason.rawValue])
    request.logger.warning("operator refused", metadata: ["reason": "\(reason.rawValue)", "route": "\(request.route)"])
    return Problem(reason)
  }

  /// The brand that the operator acts in: `X-Brand-Id`, which must be one of theirs, else the only one they have. Never one from the body
  /// (S0-ADM-29). Nil leaves it to the route to refuse (S0-ADM-12).
  private func brand(_ claims: OperatorClaims, _ bound: BrandID?, _ request: GuardedRequest) throws -> BrandID? {
    guard request.carries(HeaderNames.brandID) else { return bound }
    guard let brand = request.header(HeaderNames.brandID).flatMap({ BrandID(text: $0) }) else {
      throw Problem(.missingHeader, detail: "X-Brand-Id is not a brand")
    }
    guard claims.mayAct(in: brand) else {
      violations?.record(
        BrandViolation(
          .operatorBrandForbidden, user: claims.adminID, authenticated: bound ?? claims.brands.first, attempted: brand,
          requestID: request.requestID, at: clock.now()))
      throw Problem(.forbidden, detail: "The operator may not act in this brand")
    }
    return brand
  }
}
