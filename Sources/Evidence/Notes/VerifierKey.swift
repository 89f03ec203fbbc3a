internal import Crypto
internal import Kernel

/// A public key under a name, for one kind of signature: C2SP's vkey, `<name>+<id in hex>+<base64 of kind and key>`.
package struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
  package static let publicKeyByteCount = 32

  package let name: KeyName
  package let kind: SignatureKind
  package let publicKey: [UInt8]
  /// The first four bytes of SHA-256 over name, line feed, kind and key.
  package let id: UInt32

  /// Nil unless the key has 32 bytes.
  package init?(name: KeyName, kind: SignatureKind, publicKey: [UInt8]) {
    guard publicKey.count == Self.publicKeyByteCount else { return nil }
    self.name = name
    self.kind = kind
    self.publicKey = publicKey
    let digest = SHA256.hash(data: name.utf8 + [0x0A, kind.rawValue] + publicKey)
    id = digest.withUnsafeBytes { UInt32(bigEndian: $0.loadUnaligned(as: UInt32.self)) }
  }

  /// Reads the one spelling of a key; a false id is refused.
  package init(text: String) throws(NoteFault) {
    let parts = text.unicodeScalars.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map { String($0) }
    guard parts.count == 3, let name = KeyName(parts[0]) else { throw NoteFault("a key is <name>+<id>+<base64>") }
    guard let material = Base64.decode(Array(parts[2].utf8)), let first = material.first else { throw NoteFault("the key isn't base64") }
    guard let kind = SignatureKind(rawValue: first) else { throw NoteFault("signatures of type \(first) aren't known") }
    guard let key = VerifierKey(name: name, kind: kind, publicKey: Array(material.dropFirst())) else {
      throw NoteFault("the key hasn't 32 bytes")
    }
    guard parts[1].utf8.elementsEqual(key.hexadecimalID.utf8) else {
      throw NoteFault("\(parts[1]) isn't the id of the key, which is \(key.hexadecimalID)")
    }
    self = key
  }

  package var description: String { "\(name)+\(hexadecimalID)+\(Base64.encode([kind.rawValue] + publicKey))" }

  /// SHA-256 of the key's 32 bytes, which is the same under every name: how people compare keys.
  package var fingerprint: String { Self.fingerprint(of: publicKey) }

  package static func fingerprint(of publicKey: [UInt8]) -> String { Hexadecimal.encode(SHA256.hash(data: publicKey)) }

  private var hexadecimalID: String { Hexadecimal.encode(withUnsafeBytes(of: id.bigEndian) { Array($0) }) }

  /// Whether the signature line names this key: its name and its id.
  package func made(_ signature: NoteSignature) -> Bool { signature.name == name && signature.keyID == id }

  /// Whether the signature is this key's over the text.
  package func verifies(_ signature: NoteSignature, over text: [UInt8]) -> Bool {
    guard made(signature) else { return false }
    switch kind {
    case .ed25519: return isValid(signature.bytes, over: text)
    case .cosignature:
      guard let time = signature.cosignedSeconds else { return false }
      return isValid(Array(signature.bytes.dropFirst(NoteSignature.timeByteCount)), over: NoteSignature.cosigned(text, at: time))
    }
  }

  /// Whether these are the 64 bytes of this key over a message.
  func isValid(_ signature: [UInt8], over message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
    return key.isValidSignature(signature, for: message)
  }
}
