internal import Kernel

/// Text signed by one or more keys (C2SP signed-note): the text, an empty line, a line for each signature.
///
/// The text says nothing until a signature of a trusted key was checked.
package struct SignedNote: Hashable, Sendable {
  package static let bytesMax = 64 * 1024
  package static let signaturesMax = 64

  /// Ends in a line feed.
  package let text: [UInt8]
  /// At least one, no two of the same key.
  package let signatures: [NoteSignature]

  package init(text: [UInt8], signatures: [NoteSignature]) throws(NoteFault) {
    guard text.last == Self.lineFeed, Self.isPlain(text) else { throw NoteFault("a note's text is UTF-8 that ends in a line feed") }
    guard (1...Self.signaturesMax).contains(signatures.count) else { throw NoteFault("a note has 1 to \(Self.signaturesMax) signatures") }
    guard Set(signatures.map(\.signer)).count == signatures.count else { throw NoteFault("a key signs a note once") }
    self.text = text
    self.signatures = signatures
  }

  /// Reads the one spelling of a note.
  package init(bytes: [UInt8]) throws(NoteFault) {
    guard bytes.count <= Self.bytesMax else { throw NoteFault("a note has at most \(Self.bytesMax) bytes") }
    guard let end = Self.endOfText(bytes) else { throw NoteFault("no empty line ends the note's text") }
    let signatures = try NoteSignature.list(Array(bytes[(end + 1)...]))
    try self.init(text: Array(bytes[..<end]), signatures: signatures)
  }

  package var bytes: [UInt8] { text + [Self.lineFeed] + NoteSignature.lines(signatures) }

  /// The note with more signatures on it.
  package func adding(_ more: [NoteSignature]) throws(NoteFault) -> SignedNote { try SignedNote(text: text, signatures: signatures + more) }

  /// Those of the keys that signed the note. Signatures of other keys are ignored.
  ///
  /// - Throws: when a signature that names one of the keys isn't its signature: such a note is refused whole.
  package func verified(by keys: [VerifierKey]) throws(NoteFault) -> [VerifierKey] {
    var signers: [VerifierKey] = []
    for signature in signatures {
      guard let key = keys.first(where: { $0.made(signature) }) else { continue }
      guard key.verifies(signature, over: text) else { throw NoteFault("the signature of \(key.name) is false") }
      signers.append(key)
    }
    return signers
  }

  package func signature(of key: VerifierKey) -> NoteSignature? { signatures.first(where: key.made) }

  private static let lineFeed = UInt8(ascii: "\n")

  /// Where the text ends: the empty line after it is the last of the note.
  private static func endOfText(_ bytes: [UInt8]) -> Int? {
    bytes.indices.dropLast().last { bytes[$0] == lineFeed && bytes[$0 + 1] == lineFeed }.map { $0 + 1 }
  }

  /// UTF-8 without control characters but the line feed.
  static func isPlain(_ bytes: [UInt8]) -> Bool {
    bytes.allSatisfy { $0 >= 0x20 || $0 == lineFeed } && String(validating: bytes, as: UTF8.self) != nil
  }
}
