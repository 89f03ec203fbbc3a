internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import Kernel
internal import Platform

/// What a provider signs with. Never printed.
struct SimulatorKey: Sendable {
  private enum Material: Sendable {
    case sha256(SymmetricKey)
    case sha512(SymmetricKey)
    case rsa(_RSA.Signing.PrivateKey)
  }

  private let material: Material

  /// - Parameter json: `GAME_SIMULATOR_KEYS`.
  init(of provider: SimulatedProvider, in json: String?) throws(SimulatorFault) {
    guard let json, case .object(let members)? = try? JSONDocument.parse(Array(json.utf8)),
      let text = members.first(where: { $0.name == provider.rawValue })?.value.text, !text.isEmpty
    else { throw .keyMissing(provider) }
    let secret = SymmetricKey(data: Array(text.utf8))
    switch provider {
    case .mg: material = .sha256(secret)
    case .bti: material = .sha512(secret)
    case .wc:
      guard let key = try? _RSA.Signing.PrivateKey(pemRepresentation: text) else { throw .keyMissing(provider) }
      material = .rsa(key)
    }
  }

  /// What stands in the provider's header for a body.
  func signature(of body: [UInt8]) throws -> String {
    switch material {
    case .sha256(let key): Hexadecimal.encode(HMAC<SHA256>.authenticationCode(for: body, using: key))
    case .sha512(let key): Hexadecimal.encode(HMAC<SHA512>.authenticationCode(for: body, using: key))
    case .rsa(let key):
      try key.signature(for: SHA256.hash(data: body), padding: .insecurePKCS1v1_5).rawRepresentation.base64EncodedString()
    }
  }
}
