package import Kernel

/// A player token that was verified. Only ``TokenVerifier`` makes one, so whoever holds it need not check again.
package struct VerifiedPlayerToken: Hashable, Sendable {
  package let kind: TokenKind
  package let keyID: String
  package let claims: PlayerClaims

  init(kind: TokenKind, keyID: String, claims: PlayerClaims) {
    self.kind = kind
    self.keyID = keyID
    self.claims = claims
  }

  package var brand: BrandID { claims.brand }
  package var player: PlayerID { claims.player }
  package var sessionID: String { claims.sessionID }
}
