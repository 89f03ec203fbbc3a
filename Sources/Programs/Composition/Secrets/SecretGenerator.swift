internal import Crypto
internal import Foundation
package import Kernel
internal import Platform
internal import Security

/// Makes a whole set of secrets for a stack of one's own: three key pairs' worth of PEM text, tokens and keys, by setting name.
package struct SecretGenerator: Sendable {
  private let clock: WallClock

  package init(clock: WallClock = .system) { self.clock = clock }

  /// Values by setting name. PEM texts have real line breaks.
  package func generate() throws -> [String: String] {
    let now = clock.now()
    let player = try keyPair(KeyID.dated(now, number: 1))
    let admin = try keyPair(KeyID.dated(now, number: 2))
    var values = [
      Settings.jwtKeyID.name: player.id, Settings.jwtPrivateKey.name: player.privateKey,
      Settings.adminJWTKeyID.name: admin.id, Settings.adminJWTPrivateKey.name: admin.privateKey,
      // Players' keys alone: operators are verified with the admin's own key, which must not be able to sign for players (C-01).
      Settings.jwtPublicKeys.name: try publicKeys([player]),
      Settings.brandSigningKey.name: random(), Settings.personalDataKey.name: randomBytes().base64EncodedString(),
      Settings.personalDataKeyID.name: player.id,
    ]
    for caller in CallerLabel.allCases { values[Settings.token(of: caller).name] = random() }
    values.merge(try GameSecrets.generate(now, random: random)) { $1 }
    return values
  }

  private struct KeyPair {
    let id: String
    let privateKey: String
    let publicKey: String
  }

  private func keyPair(_ id: KeyID) throws -> KeyPair {
    let made = try TokenSigner.generate(keyID: id)
    return KeyPair(id: id.rawValue, privateKey: made.privateKeyPEM, publicKey: made.signer.publicKey.pem)
  }

  private func publicKeys(_ pairs: [KeyPair]) throws -> String {
    let map = Dictionary(uniqueKeysWithValues: pairs.map { ($0.id, $0.publicKey) })
    return String(decoding: try JSONBytes.encode(map), as: UTF8.self)
  }

  private func random() -> String { Base64URL.encode(randomBytes()) }

  private func randomBytes() -> Data { SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) } }
}
