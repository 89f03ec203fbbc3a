package import Kernel
internal import HTTPTypes

/// Which refusals an operation can give. Pure.
package enum RefusalRules {
  /// The declared reasons of the endpoint and those that its method, access, parameters and body bring, in the order of the enumeration.
  package static func reasons(of endpoint: Endpoint) -> [ProblemReason] {
    var reasons = Set(endpoint.refusals)
    reasons.formUnion([
      .malformedRequest, .headerTooLarge, .targetTooLong, .requestTimeout, .httpVersionNotSupported, .bodyTooLarge, .unknownField,
      .internalError,
    ])
    if endpoint.method != .get { reasons.formUnion([.draining, .servicePaused, .containment]) }
    if endpoint.access != .open { reasons.formUnion([.unavailable, .redisError, .rateLimited]) }
    if endpoint.bodySchema != nil { reasons.formUnion([.invalidJSON, .invalidField, .unsupportedMediaType]) }
    if endpoint.parameters.contains(where: { $0.place == .path }) { reasons.insert(.notFound) }
    if endpoint.parameters.contains(where: { $0.place != .path }) { reasons.insert(.invalidField) }
    reasons.formUnion(reasonsOfAccess(endpoint))
    return ProblemReason.allCases.filter { reasons.contains($0) }
  }

  private static func reasonsOfAccess(_ endpoint: Endpoint) -> [ProblemReason] {
    let caller: [ProblemReason] = [.callerTokenInvalid, .callerMismatch, .forbidden]
    let brand: [ProblemReason] = [.missingHeader, .brandRequired, .brandDisabled, .unresolvedBrand]
    let signature: [ProblemReason] = endpoint.method == .get ? [] : [.brandSignatureMissing, .brandSignatureInvalid]
    let token: [ProblemReason] = [.unauthenticated, .invalidToken, .tokenExpired, .unknownKeyID, .sessionMissing]
    let operatorToken: [ProblemReason] = token + [.forbidden, .operatorClaimMissing]
    let operatorWrite: [ProblemReason] = operatorToken + [.operatorIDMismatch, .brandConflict, .brandRequired]
    switch endpoint.access {
    case .open: return []
    case .visitor: return caller + brand + signature
    case .player: return caller + brand + signature + token + [.jwtDomainMismatch, .playerSuspended]
    case .internalCall(brand: .required): return caller + brand + signature
    case .internalCall(brand: .none): return caller
    case .operatorRead: return operatorToken
    case .operatorWrite: return operatorWrite
    case .superAdmin: return operatorWrite + [.superAdminRequired]
    }
  }
}
