internal import CryptoExtras
internal import FoundationEssentials

/// Which RSA keys Cordon works with (RFC 7518 section 3.3, FIPS 186-5 section A.1.1).
enum RSAKeyRule {
  /// Below 2048 a key can be broken; above 8192 one forged token costs a verifier milliseconds.
  static let modulusBits = 2048...8192
  /// The exponent has at most this many bytes; larger ones only cost time.
  static let exponentBytesMax = 4

  static func check(_ key: _RSA.Signing.PublicKey) throws(KeyRefusal) {
    guard modulusBits.contains(key.keySizeInBits) else { throw .modulusSize(key.keySizeInBits) }
    guard let primitives = try? key.getKeyPrimitives() else { throw .notRSA }
    let exponent = primitives.publicExponent.drop { $0 == 0 }
    guard exponent.count <= exponentBytesMax else { throw .exponent }
    let value = exponent.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard value >= 65_537, !value.isMultiple(of: 2) else { throw .exponent }
  }
}
