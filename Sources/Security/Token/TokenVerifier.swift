package import Kernel

/// Verifies RS256 tokens in the manner of RFC 8725: the key's exact name, the pinned algorithm, the kind's own `typ`, audience and
/// issuer. Refusals come in the order of ``TokenRefusal``.
package struct TokenVerifier: Sendable {
  /// A token of Cordon's takes some 700 bytes with a 2048-bit key and 1,800 with an 8192-bit one.
  package static let tokenBytesMax = 4096
  /// How far two machines' clocks may be apart, in seconds.
  package static let leewaySecondsDefault: Int64 = 30

  package let keys: KeySet
  private let leewaySeconds: Int64

  package init(keys: KeySet, leewaySeconds: Int64 = Self.leewaySecondsDefault) {
    self.keys = keys
    self.leewaySeconds = leewaySeconds
  }

  /// The same rules with other keys.
  package func with(_ keys: KeySet) -> TokenVerifier { TokenVerifier(keys: keys, leewaySeconds: leewaySeconds) }

  /// - Parameter kind: ``TokenKind/playerAccess`` or ``TokenKind/playerRefresh``.
  package func verifyPlayer(_ token: [UInt8], kind: TokenKind, now: Timestamp) throws(TokenRefusal) -> VerifiedPlayerToken {
    let (keyID, payload) = try signedPayload(of: token, kind: kind)
    let claims = try PlayerClaimsReader(payload: payload, kind: kind, now: now.seconds, leewaySeconds: leewaySeconds).claims()
    return VerifiedPlayerToken(kind: kind, keyID: keyID, claims: claims)
  }

  package func verifyOperator(_ token: [UInt8], now: Timestamp) throws(TokenRefusal) -> VerifiedOperatorToken {
    let (keyID, payload) = try signedPayload(of: token, kind: .operatorAccess)
    let claims = try OperatorClaimsReader(payload: payload, now: now.seconds, leewaySeconds: leewaySeconds).claims()
    return VerifiedOperatorToken(keyID: keyID, claims: claims)
  }

  private func signedPayload(
    of token: [UInt8], kind: TokenKind
  ) throws(TokenRefusal) -> (keyID: String, payload: TokenMembers) {
    guard token.count <= Self.tokenBytesMax else { throw .tooLong }
    let compact = try CompactToken(token)
    let header = try TokenHeader(compact.header, kind: kind)
    guard let key = keys.key(header.keyID) else { throw .unknownKeyID }
    guard key.isValid(compact.signature, for: compact.signed) else { throw .signature }
    guard let payload = TokenMembers(compact.payload) else { throw .payloadMalformed }
    guard payload.ascii("aud") == kind.audience else { throw .audience }
    return (header.keyID, payload)
  }
}
