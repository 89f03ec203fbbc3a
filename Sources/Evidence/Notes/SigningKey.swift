internal import Crypto
internal import Kernel

/// A private Ed25519 key. It signs under whatever name it is told; who holds it decides which names those are.
package struct SigningKey: Sendable {
  package static let seedByteCount = 32

  private let key: Curve25519.Signing.PrivateKey

  /// Nil unless the seed has 32 bytes.
  package init?(seed: [UInt8]) {
    guard seed.count == Self.seedByteCount, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
    self.key = key
  }

  /// A new key from the system's randomness.
  package init() { key = Curve25519.Signing.PrivateKey() }

  /// What must be kept, and kept secret.
  package var seed: [UInt8] { Array(key.rawRepresentation) }

  package var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  /// SHA-256 of the public key, which names it in envelopes.
  package var fingerprint: String { VerifierKey.fingerprint(of: publicKey) }

  package func verifierKey(_ name: KeyName, _ kind: SignatureKind = .ed25519) throws(NoteFault) -> VerifierKey {
    guard let verifier = VerifierKey(name: name, kind: kind, publicKey: publicKey) else { throw NoteFault("the key hasn't 32 bytes") }
    return verifier
  }

  /// The signature line of this key over a note's text.
  package func sign(_ text: [UInt8], as name: KeyName) throws(NoteFault) -> NoteSignature {
    NoteSignature(name: name, keyID: try verifierKey(name).id, bytes: try signature(over: text))
  }

  /// The cosignature of this key: that at this time it had seen nothing that contradicts the checkpoint.
  package func cosign(_ text: [UInt8], as name: KeyName, atSeconds seconds: Int64) throws(NoteFault) -> NoteSignature {
    guard seconds >= 0 else { throw NoteFault("no cosignature is older than 1970") }
    let time = withUnsafeBytes(of: UInt64(seconds).bigEndian) { Array($0) }
    let signature = try signature(over: NoteSignature.cosigned(text, at: seconds))
    return NoteSignature(name: name, keyID: try verifierKey(name, .cosignature).id, bytes: time + signature)
  }

  /// The 64 bytes of Ed25519 over a message.
  func signature(over message: [UInt8]) throws(NoteFault) -> [UInt8] {
    guard let signature = try? key.signature(for: message) else { throw NoteFault("signing failed") }
    return Array(signature)
  }
}
