internal import Kernel

/// Reads a player's claims out of a payload whose signature and audience were verified. Members that it doesn't know are
/// ignored (RFC 7519 section 4), so that an issuer may add one before its verifiers know it.
struct PlayerClaimsReader {
  let payload: TokenMembers
  let kind: TokenKind
  let now: Int64
  let leewaySeconds: Int64

  func claims() throws(TokenRefusal) -> PlayerClaims {
    guard payload["brand_id"] != nil else { throw .brandMissing }
    guard let brand = payload.integer("brand_id").flatMap(BrandID.init) else { throw .brandInvalid }
    guard payload.ascii("iss") == TokenIssuer.brand(brand) else { throw .issuer }
    guard let player = payload.ascii("sub").flatMap({ PlayerID(text: $0) }) else { throw .subject }
    guard let session = payload.ascii("sid"), TokenTimes.isIdentifier(session) else { throw .session }
    guard let tokenID = payload.ascii("jti"), TokenTimes.isIdentifier(tokenID) else { throw .tokenID }
    let times = try TokenTimes(payload, kind: kind, now: now, leewaySeconds: leewaySeconds)
    return PlayerClaims(
      brand: brand, player: player, sessionID: session, tokenID: tokenID, issuedAt: times.issuedAt, expiresAt: times.expiresAt)
  }
}
