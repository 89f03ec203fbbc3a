internal import CryptoExtras
internal import FoundationEssentials
internal import Kernel
@testable internal import Security

/// Key pairs made once per run, so that no key lies in the repository.
enum TestKeys {
  static let now = Timestamp(seconds: 1_795_230_000)

  static let pair = makePair("20261121-1")
  static let otherPair = makePair("20261121-2")
  static let adminPair = makePair("20261121-3")

  static func makePair(_ keyID: String) -> (signer: TokenSigner, privateKeyPEM: String) {
    guard let keyID = KeyID(keyID), let pair = try? TokenSigner.generate(keyID: keyID) else {
      preconditionFailure("no key pair could be made")
    }
    return pair
  }

  static func verifier(_ signers: TokenSigner...) throws -> TokenVerifier {
    TokenVerifier(keys: try KeySet(Dictionary(uniqueKeysWithValues: signers.map { ($0.keyID, $0.publicKey) })))
  }

  static func brand(_ number: Int64) -> BrandID {
    guard let brand = BrandID(number) else { preconditionFailure("\(number) is no brand") }
    return brand
  }

  static func player(_ number: Int64) -> PlayerID {
    guard let player = PlayerID(number) else { preconditionFailure("\(number) is no player") }
    return player
  }

  static func claims(brand: Int64 = 1, session: String = "s-1", tokenID: String = "j-1", lifetime: Int64 = 3600) -> PlayerClaims {
    PlayerClaims(
      brand: self.brand(brand), player: player(7), sessionID: session, tokenID: tokenID, issuedAt: now.seconds,
      expiresAt: now.seconds + lifetime)
  }

  /// A SubjectPublicKeyInfo in DER, written by hand: the library makes no key with a bad exponent.
  static func publicKeyPEM(modulus: [UInt8], exponent: [UInt8]) -> String {
    let rsaEncryption: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00]
    let key = der(0x30, der(0x02, [0] + modulus) + der(0x02, exponent))
    let info = der(0x30, der(0x30, rsaEncryption) + der(0x03, [0] + key))
    let text = Data(info).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
    return "-----BEGIN PUBLIC KEY-----\n\(text)\n-----END PUBLIC KEY-----"
  }

  private static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    switch content.count {
    case ..<128: [tag, UInt8(content.count)] + content
    case ..<256: [tag, 0x81, UInt8(content.count)] + content
    default: [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 255)] + content
    }
  }

  /// 2048 bits, odd, of no known factors.
  static let modulus: [UInt8] = {
    guard let key = try? _RSA.Signing.PublicKey(pemRepresentation: pair.signer.publicKey.pem), let numbers = try? key.getKeyPrimitives()
    else { preconditionFailure("the key has no numbers") }
    return Array(numbers.modulus)
  }()
}
