internal import Kernel

/// A signed document in a DSSE envelope (`docs/formats/isolation-certificate.md`): what it is, its bytes, and who signed both.
///
/// The payload says nothing until a signature of a trusted key was checked.
package struct SignedEnvelope: Hashable, Sendable {
  package static let bytesMax = 1024 * 1024
  package static let signaturesMax = 16

  package let payloadType: String
  package let payload: [UInt8]
  /// At least one, no two of the same key.
  package let signatures: [EnvelopeSignature]

  package init(payloadType: String, payload: [UInt8], signatures: [EnvelopeSignature]) throws(NoteFault) {
    guard Self.isMediaType(payloadType) else { throw NoteFault("the payload's type isn't a media type") }
    guard (1...Self.signaturesMax).contains(signatures.count) else {
      throw NoteFault("an envelope has 1 to \(Self.signaturesMax) signatures")
    }
    guard Set(signatures.map(\.keyID)).count == signatures.count else { throw NoteFault("a key signs an envelope once") }
    self.payloadType = payloadType
    self.payload = payload
    self.signatures = signatures
  }

  /// Signs a payload.
  package init(payloadType: String, payload: [UInt8], signedBy key: SigningKey) throws(NoteFault) {
    let message = Self.signedBytes(payloadType: payloadType, payload: payload)
    try self.init(
      payloadType: payloadType, payload: payload,
      signatures: [EnvelopeSignature(keyID: key.fingerprint, bytes: try key.signature(over: message))])
  }

  /// Reads the one spelling of an envelope. Nothing in it is trusted yet.
  package init(bytes: [UInt8]) throws(NoteFault) {
    guard bytes.count <= Self.bytesMax else { throw NoteFault("an envelope has at most \(Self.bytesMax) bytes") }
    var reader = FixedJSONReader(bytes, of: "the envelope")
    guard let payload = Base64.decode(try reader.text("{\"payload\":")) else { throw NoteFault("the payload isn't base64") }
    let payloadType = try reader.text(",\"payloadType\":")
    try reader.literal(",\"signatures\":[")
    var signatures: [EnvelopeSignature] = []
    repeat {
      let keyID = try reader.text("{\"keyid\":")
      guard let signature = Base64.decode(try reader.text(",\"sig\":")) else { throw NoteFault("a signature isn't base64") }
      try reader.literal("}")
      signatures.append(EnvelopeSignature(keyID: keyID, bytes: signature))
    } while signatures.count < Self.signaturesMax && reader.takes(",")
    try reader.end("]}\n")
    try self.init(payloadType: payloadType, payload: payload, signatures: signatures)
    guard self.bytes == bytes else { throw NoteFault("the envelope is spelled otherwise") }
  }

  package var bytes: [UInt8] {
    let signed = signatures.map { "{\"keyid\":\"\($0.keyID)\",\"sig\":\"\(Base64.encode($0.bytes))\"}" }.joined(separator: ",")
    return Array("{\"payload\":\"\(Base64.encode(payload))\",\"payloadType\":\"\(payloadType)\",\"signatures\":[\(signed)]}\n".utf8)
  }

  /// Whether this key's signature is there and true.
  ///
  /// - Throws: when a signature names the key and isn't its signature: such an envelope is refused whole.
  package func isSigned(by key: VerifierKey) throws(NoteFault) -> Bool {
    guard let signature = signatures.first(where: { $0.keyID.utf8.elementsEqual(key.fingerprint.utf8) }) else { return false }
    guard key.isValid(signature.bytes, over: Self.signedBytes(payloadType: payloadType, payload: payload)) else {
      throw NoteFault("the signature of \(key.name) is false")
    }
    return true
  }

  /// DSSE's pre-authentication encoding: what a signature is over.
  package static func signedBytes(payloadType: String, payload: [UInt8]) -> [UInt8] {
    Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
  }

  /// Visible ASCII, without what JSON would escape.
  private static func isMediaType(_ text: String) -> Bool {
    (3...127).contains(text.utf8.count) && text.utf8.contains(UInt8(ascii: "/"))
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
  }
}
