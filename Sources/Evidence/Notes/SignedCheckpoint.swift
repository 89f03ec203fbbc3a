package import Kernel

/// A checkpoint with its signatures: that of its log, the log's own cosignature, which says when, and those of witnesses.
package struct SignedCheckpoint: Hashable, Sendable {
  package let checkpoint: Checkpoint
  package let note: SignedNote

  /// Signs a checkpoint as its log, at this time. Never for a tree that contradicts one that was signed before.
  package init(signing checkpoint: Checkpoint, with key: SigningKey, at time: Timestamp) throws(NoteFault) {
    let text = checkpoint.text
    self.checkpoint = checkpoint
    note = try SignedNote(
      text: text,
      signatures: [
        try key.sign(text, as: checkpoint.origin),
        try key.cosign(text, as: checkpoint.origin, atSeconds: time.seconds),
      ])
  }

  private init(_ checkpoint: Checkpoint, _ note: SignedNote) {
    self.checkpoint = checkpoint
    self.note = note
  }

  /// Reads the one spelling of a checkpoint. Nothing in it is trusted yet.
  package init(bytes: [UInt8]) throws(NoteFault) {
    let note = try SignedNote(bytes: bytes)
    self.init(try Checkpoint(text: note.text), note)
  }

  package var bytes: [UInt8] { note.bytes }

  /// The checkpoint with the cosignatures of witnesses on it.
  package func adding(_ cosignatures: [NoteSignature]) throws(NoteFault) -> SignedCheckpoint {
    SignedCheckpoint(checkpoint, try note.adding(cosignatures))
  }

  /// When the log signed it, by the log's own cosignature with this public key.
  ///
  /// - Throws: unless the log's signature and its cosignature are there and true.
  package func time(signedBy publicKey: [UInt8]) throws(NoteFault) -> Timestamp {
    let kinds: [SignatureKind] = [.ed25519, .cosignature]
    let keys = kinds.compactMap { VerifierKey(name: checkpoint.origin, kind: $0, publicKey: publicKey) }
    guard try note.verified(by: keys).count == 2, let cosigner = keys.last, let seconds = note.signature(of: cosigner)?.cosignedSeconds,
      let time = Timestamp(checkingSeconds: seconds)
    else { throw NoteFault("the checkpoint isn't signed by its log") }
    return time
  }

  /// Whether the log's signature line with this public key is there, true or not.
  func names(_ publicKey: [UInt8]) -> Bool {
    VerifierKey(name: checkpoint.origin, kind: .ed25519, publicKey: publicKey).flatMap(note.signature) != nil
  }
}
