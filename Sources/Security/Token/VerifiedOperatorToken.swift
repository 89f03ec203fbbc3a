/// An operator token that was verified. Only ``TokenVerifier`` makes one.
package struct VerifiedOperatorToken: Hashable, Sendable {
  package let keyID: String
  package let claims: OperatorClaims

  init(keyID: String, claims: OperatorClaims) {
    self.keyID = keyID
    self.claims = claims
  }
}
