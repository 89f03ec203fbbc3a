/// Why key material from the configuration is not usable. The text names the setting's fault and never quotes the key.
package enum KeyRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  case keyIDInvalid(String)
  case notAMap
  case noKeys
  case notPEM
  case notAPublicKey
  case notAPrivateKey
  case notRSA
  /// Bits of the modulus that was found; ``RSAKeyRule/modulusBits`` are accepted.
  case modulusSize(Int)
  /// An exponent below 65537 or an even one: 1 makes every message its own signature (FIPS 186-5, section A.1.1).
  case exponent

  package var description: String {
    switch self {
    case .keyIDInvalid(let text): "the key id \"\(text.prefix(KeyID.charactersMax))\" has other characters than letters, digits and . - _"
    case .notAMap: "the value is not a JSON object of key id to PEM text"
    case .noKeys: "the map holds no key"
    case .notPEM: "the value is not PEM text"
    case .notAPublicKey: "the PEM text is not a public key (PUBLIC KEY or RSA PUBLIC KEY)"
    case .notAPrivateKey: "the PEM text is not a private key (PRIVATE KEY or RSA PRIVATE KEY)"
    case .notRSA: "the PEM text holds no usable RSA key"
    case .modulusSize(let bits): "the RSA key has \(bits) bits; 2048 to 8192 are accepted"
    case .exponent: "the RSA key's public exponent is even or below 65537"
    }
  }
}
