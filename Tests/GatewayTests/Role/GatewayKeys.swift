internal import Kernel
internal import Security

/// Key pairs made once per run: one whose tokens the gateway accepts, and another.
enum GatewayKeys {
  static let current = make("2026-11-a")
  static let other = make("2026-11-b")

  static func set(_ signers: TokenSigner...) throws -> KeySet {
    try KeySet(Dictionary(uniqueKeysWithValues: signers.map { ($0.keyID, $0.publicKey) }))
  }

  private static func make(_ name: String) -> TokenSigner {
    guard let keyID = KeyID(name), let pair = try? TokenSigner.generate(keyID: keyID) else {
      preconditionFailure("no key pair could be made")
    }
    return pair.signer
  }
}
