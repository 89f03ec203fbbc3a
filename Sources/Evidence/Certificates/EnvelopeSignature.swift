/// One signature of an envelope: the signing key's fingerprint (SHA-256 of its 32 bytes, in hexadecimal) and the 64 bytes of Ed25519.
package struct EnvelopeSignature: Hashable, Sendable {
  package let keyID: String
  package let bytes: [UInt8]

  package init(keyID: String, bytes: [UInt8]) {
    self.keyID = keyID
    self.bytes = bytes
  }
}
