internal import Contracts
package import Kernel
package import Platform

/// The request guard of every role behind the gateway. It establishes in this order: the caller, the brand, the brand signature of writes,
/// and whom the gateway speaks for; or, where operators come directly, the operator.
package struct RoleGuard: RequestGuard {
  private let callers: CallerGuard
  private let brands: BrandHeaderGuard
  private let signatures: BrandSignatureGuard?
  private let operators: OperatorGuard?
  private let brandCode: @Sendable (BrandID) async throws -> BrandCode?

  /// - Parameters:
  ///   - signatures: for roles that hold the key; nil leaves signatures unread.
  ///   - operators: for `admin_service`; without it operator routes are refused.
  ///   - brandCode: names brands in metrics and logs; a failure of it is no refusal.
  package init(
    callers: CallerGuard, brands: BrandHeaderGuard, signatures: BrandSignatureGuard? = nil, operators: OperatorGuard? = nil,
    brandCode: @escaping @Sendable (BrandID) async throws -> BrandCode? = { _ in nil }
  ) {
    self.callers = callers
    self.brands = brands
    self.signatures = signatures
    self.operators = operators
    self.brandCode = brandCode
  }

  package func admit(_ request: GuardedRequest) async throws -> RequestIdentity {
    var identity: RequestIdentity
    switch request.access {
    case .open: identity = .anonymous
    case .visitor: identity = try await forwarded(request)
    case .player: identity = try await player(request)
    case .internalCall(let requirement): identity = try await internalCall(request, requirement)
    case .operatorRead, .operatorWrite, .superAdmin:
      guard let operators else { throw Problem(.forbidden) }
      identity = try operators.admit(request)
    }
    if let brand = identity.brand { identity.brandCode = try? await brandCode(brand) }
    return identity
  }

  package func sighting(of refused: GuardedRequest) -> RequestIdentity {
    switch refused.access {
    case .open: return .anonymous
    case .operatorRead, .operatorWrite, .superAdmin: return operators?.sighting(of: refused) ?? .anonymous
    case .visitor, .player, .internalCall:
      guard let caller = callers.sighting(of: refused) else { return .anonymous }
      var identity = RequestIdentity(caller: caller)
      // What a proven caller says; a brand's own log must not be written by others.
      identity.brand = refused.header(HeaderNames.brandID).flatMap { BrandID(text: $0) }
      if refused.access == .player, caller == .gateway {
        identity.player = refused.header(HeaderNames.playerID).flatMap { PlayerID(text: $0) }
      }
      return identity
    }
  }

  private func internalCall(_ request: GuardedRequest, _ requirement: Access.BrandRequirement) async throws -> RequestIdentity {
    let caller = try callers.admit(request)
    guard requirement == .required else { return RequestIdentity(caller: caller.label) }
    return try await brandScoped(request, caller.label)
  }

  /// What the gateway passes on from outside. Nobody else speaks for the public.
  private func forwarded(_ request: GuardedRequest) async throws -> RequestIdentity {
    let caller = try callers.admit(request)
    guard caller.label == .gateway else { throw Problem(.forbidden, detail: "Only the gateway forwards public requests") }
    return try await brandScoped(request, caller.label)
  }

  private func player(_ request: GuardedRequest) async throws -> RequestIdentity {
    var identity = try await forwarded(request)
    guard let player = request.header(HeaderNames.playerID).flatMap({ PlayerID(text: $0) }),
      let session = request.header(HeaderNames.sessionID), TokenTimes.isIdentifier(session)
    else { throw Problem(.unauthenticated) }
    identity.player = player
    identity.session = session
    return identity
  }

  private func brandScoped(_ request: GuardedRequest, _ caller: CallerLabel) async throws -> RequestIdentity {
    let brand = try brands.brand(of: request, caller: caller)
    if let brand, request.isWrite { try await signatures?.admit(request, caller: caller, brand: brand) }
    return RequestIdentity(caller: caller, brand: brand)
  }
}
