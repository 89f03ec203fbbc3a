internal import Kernel

/// A witness's private key and the name that it cosigns under: `PRIVATE+KEY+<name>+<id in hex>+<base64 of kind and seed>`, as Go's signed
/// notes write private keys.
package struct WitnessKey: Sendable {
  private static let mark = "PRIVATE+KEY+"

  package let name: KeyName
  private let key: SigningKey

  package init(name: KeyName, key: SigningKey) {
    self.name = name
    self.key = key
  }

  /// Reads the one spelling of a key; a false id is refused.
  package init(text: String) throws(NoteFault) {
    guard text.utf8.starts(with: Self.mark.utf8) else { throw NoteFault("a witness's key begins with \(Self.mark)") }
    let parts = text.unicodeScalars.dropFirst(Self.mark.unicodeScalars.count).split(separator: "+", maxSplits: 2).map { String($0) }
    guard parts.count == 3, let name = KeyName(parts[0]) else { throw NoteFault("a witness's key is \(Self.mark)<name>+<id>+<base64>") }
    guard let material = Base64.decode(Array(parts[2].utf8)), material.first == SignatureKind.cosignature.rawValue,
      let key = SigningKey(seed: Array(material.dropFirst()))
    else { throw NoteFault("it isn't the key of a witness") }
    self.init(name: name, key: key)
    guard self.text.utf8.elementsEqual(text.utf8) else { throw NoteFault("\(parts[1]) isn't the id of the key") }
  }

  /// What must be kept, and kept secret.
  package var text: String {
    let id = Hexadecimal.encode(withUnsafeBytes(of: verifier?.id.bigEndian ?? 0) { Array($0) })
    return "\(Self.mark)\(name)+\(id)+\(Base64.encode([SignatureKind.cosignature.rawValue] + key.seed))"
  }

  /// What others know of it. An Ed25519 key has 32 bytes, so that there always is one.
  package var verifier: VerifierKey? { VerifierKey(name: name, kind: .cosignature, publicKey: key.publicKey) }

  package func cosign(_ note: SignedNote, atSeconds seconds: Int64) throws(NoteFault) -> NoteSignature {
    try key.cosign(note.text, as: name, atSeconds: seconds)
  }

  package func made(_ signature: NoteSignature) -> Bool { verifier?.made(signature) ?? false }

  /// When this key cosigned the note; nil where it didn't.
  package func seconds(in note: SignedNote) -> Int64? {
    guard let verifier, let signature = note.signature(of: verifier), verifier.verifies(signature, over: note.text) else { return nil }
    return signature.cosignedSeconds
  }
}
