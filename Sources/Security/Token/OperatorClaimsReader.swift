internal import Kernel
internal import Platform

/// Reads an operator's claims out of a payload whose signature and audience were verified.
struct OperatorClaimsReader {
  let payload: TokenMembers
  let now: Int64
  let leewaySeconds: Int64

  func claims() throws(TokenRefusal) -> OperatorClaims {
    guard payload.ascii("iss") == TokenIssuer.admin else { throw .issuer }
    let adminID = try optionalText("admin_id")
    let role = try optionalText("role")
    let brands = try brands()
    guard let tokenID = payload.ascii("jti"), TokenTimes.isIdentifier(tokenID) else { throw .tokenID }
    let times = try TokenTimes(payload, kind: .operatorAccess, now: now, leewaySeconds: leewaySeconds)
    return OperatorClaims(
      adminID: adminID, role: role, brands: brands, tokenID: tokenID, issuedAt: times.issuedAt, expiresAt: times.expiresAt)
  }

  /// An absent claim is a fact that the guards judge; one of another type or of no characters is a malformed token.
  private func optionalText(_ name: String) throws(TokenRefusal) -> String? {
    guard let value = payload[name] else { return nil }
    guard case .string(let text) = value, !text.isEmpty, text.unicodeScalars.count <= Limits.operatorIDCharactersMax else {
      throw .subject
    }
    return text
  }

  private func brands() throws(TokenRefusal) -> [BrandID] {
    guard let value = payload["brand_ids"] else { return [] }
    guard case .array(let elements) = value else { throw .subject }
    var brands: [BrandID] = []
    for element in elements {
      guard let brand = TokenMembers.integer(element).flatMap(BrandID.init) else { throw .subject }
      brands.append(brand)
    }
    return brands
  }
}
