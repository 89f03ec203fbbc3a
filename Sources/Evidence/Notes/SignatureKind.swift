/// The types of signature that Cordon makes and checks, with their byte in C2SP signed-note.
package enum SignatureKind: UInt8, Sendable {
  /// Ed25519 over the note's text.
  case ed25519 = 0x01
  /// Ed25519 over the time and the text, the time in the signature (C2SP tlog-cosignature, `cosignature/v1`).
  case cosignature = 0x04
}
