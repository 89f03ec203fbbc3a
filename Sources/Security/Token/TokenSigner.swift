internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials
internal import Kernel

/// Issues RS256 tokens under one private key (`JWT_PRIVATE_KEY` and `JWT_KID`, or the admin's own pair; C-01).
package struct TokenSigner: Sendable {
  package let keyID: KeyID
  private let key: _RSA.Signing.PrivateKey
  /// The public half, for the issuer's own verifier and for `JWT_PUBLIC_KEYS`.
  package let publicKey: VerificationKey

  /// - Parameter configured: PKCS#1 or PKCS#8, unencrypted, with real or escaped line breaks (S0-JWT-20).
  package init(privateKeyPEM configured: String, keyID: String) throws(KeyRefusal) {
    guard let keyID = KeyID(keyID) else { throw .keyIDInvalid(keyID) }
    guard let pem = PEMText(configured) else { throw .notPEM }
    guard pem.label == "PRIVATE KEY" || pem.label == "RSA PRIVATE KEY" else { throw .notAPrivateKey }
    guard let key = try? _RSA.Signing.PrivateKey(unsafePEMRepresentation: pem.text) else { throw .notRSA }
    try self.init(key: key, keyID: keyID)
  }

  private init(key: _RSA.Signing.PrivateKey, keyID: KeyID) throws(KeyRefusal) {
    self.publicKey = try VerificationKey(key.publicKey)
    self.key = key
    self.keyID = keyID
  }

  /// Makes a new key pair of 2048 bits, for machines that bring none, for rotation and for tests.
  /// - Returns: the signer and its private key as PKCS#8 PEM text.
  package static func generate(keyID: KeyID) throws -> (signer: TokenSigner, privateKeyPEM: String) {
    let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    return (try TokenSigner(key: key, keyID: keyID), key.pkcs8PEMRepresentation)
  }

  /// - Parameter kind: ``TokenKind/playerAccess`` or ``TokenKind/playerRefresh``.
  package func sign(_ claims: PlayerClaims, kind: TokenKind) throws -> String {
    var payload = JSONWriter()
    payload.member("iss", TokenIssuer.brand(claims.brand))
    payload.member("aud", kind.audience)
    payload.member("sub", claims.player.description)
    payload.member("brand_id", claims.brand.rawValue)
    payload.member("sid", claims.sessionID)
    payload.member("jti", claims.tokenID)
    payload.times(issuedAt: claims.issuedAt, expiresAt: claims.expiresAt)
    return try token(kind, payload.finished)
  }

  package func sign(_ claims: OperatorClaims) throws -> String {
    var payload = JSONWriter()
    payload.member("iss", TokenIssuer.admin)
    payload.member("aud", TokenKind.operatorAccess.audience)
    if let adminID = claims.adminID {
      payload.member("sub", adminID)
      payload.member("admin_id", adminID)
    }
    if let role = claims.role { payload.member("role", role) }
    payload.member("brand_ids", claims.brands.map(\.rawValue))
    payload.member("jti", claims.tokenID)
    payload.times(issuedAt: claims.issuedAt, expiresAt: claims.expiresAt)
    return try token(.operatorAccess, payload.finished)
  }

  private func token(_ kind: TokenKind, _ payload: [UInt8]) throws -> String {
    var header = JSONWriter()
    header.member("alg", "RS256")
    header.member("typ", kind.type)
    header.member("kid", keyID.rawValue)
    return try compact(header: header.finished, payload: payload)
  }

  /// Signs any two parts. Tests forge with it what ``sign(_:kind:)`` would never write.
  func compact(header: [UInt8], payload: [UInt8]) throws -> String {
    let signed = Base64URL.encode(header) + "." + Base64URL.encode(payload)
    let digest = SHA256.hash(data: Array(signed.utf8))
    // PKCS#1 v1.5 is what RS256 is; the library's name warns of its use for encryption.
    let signature = try key.signature(for: digest, padding: .insecurePKCS1v1_5)
    return signed + "." + Base64URL.encode(Array(signature.rawRepresentation))
  }
}
