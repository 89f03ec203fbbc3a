internal import Crypto
internal import CryptoExtras
internal import FoundationEssentials

/// One RSA public key that token signatures are checked with: 2048 to 8192 bits, an odd exponent of 65537 or more.
package struct VerificationKey: Sendable {
  private let key: _RSA.Signing.PublicKey

  init(_ key: _RSA.Signing.PublicKey) throws(KeyRefusal) {
    try RSAKeyRule.check(key)
    self.key = key
  }

  /// - Parameter configured: PKCS#1 or SubjectPublicKeyInfo, with real or escaped line breaks. A private key is refused,
  ///   because whoever put one here has handed it to every verifier.
  package init(pem configured: String) throws(KeyRefusal) {
    guard let pem = PEMText(configured) else { throw .notPEM }
    guard pem.label == "PUBLIC KEY" || pem.label == "RSA PUBLIC KEY" else { throw .notAPublicKey }
    // The size is judged by the rule above, so that the refusal can name it.
    guard let key = try? _RSA.Signing.PublicKey(unsafePEMRepresentation: pem.text) else { throw .notRSA }
    try self.init(key)
  }

  /// SubjectPublicKeyInfo in PEM, as it belongs into `JWT_PUBLIC_KEYS`.
  package var pem: String { key.pemRepresentation }

  /// RS256: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3).
  package func isValid(_ signature: [UInt8], for signed: some Collection<UInt8>) -> Bool {
    var hasher = SHA256()
    let hashed: Void? = signed.withContiguousStorageIfAvailable { hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    if hashed == nil { hasher.update(data: Array(signed)) }
    return key.isValidSignature(
      _RSA.Signing.RSASignature(rawRepresentation: signature), for: hasher.finalize(), padding: .insecurePKCS1v1_5)
  }
}
