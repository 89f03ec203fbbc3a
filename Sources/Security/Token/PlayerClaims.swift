package import Kernel

/// What a player's token says. It holds identifiers only: no account name, no contact, nothing about the person (S0-PLY-08).
package struct PlayerClaims: Hashable, Sendable {
  package let brand: BrandID
  package let player: PlayerID
  /// `sid`: the session that both tokens of a pair belong to. 1 to 64 letters, digits and hyphens.
  package let sessionID: String
  /// `jti`: unique per token. 1 to 64 letters, digits and hyphens.
  package let tokenID: String
  /// Seconds since 1970.
  package let issuedAt: Int64
  /// Seconds since 1970; the token is refused from this second on.
  package let expiresAt: Int64

  package init(brand: BrandID, player: PlayerID, sessionID: String, tokenID: String, issuedAt: Int64, expiresAt: Int64) {
    self.brand = brand
    self.player = player
    self.sessionID = sessionID
    self.tokenID = tokenID
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
  }
}
