/// Checks a certificate offline: whose signature it has, and whether its bytes are a certificate at all. Pure.
package enum CertificateCheck {
  /// Reads a certificate that one of the keys signed.
  ///
  /// - Parameter keys: what the reader trusts, each under its operator's name (`<operator>/keys`).
  /// - Throws: for bytes that aren't an envelope, another document, a signature that is false or of nobody who is trusted, and a certificate of
  ///   another operator than the key's.
  package static func read(_ bytes: [UInt8], trusting keys: [VerifierKey]) throws(NoteFault) -> (IsolationCertificate, signer: VerifierKey)
  {
    let envelope = try SignedEnvelope(bytes: bytes)
    guard envelope.payloadType == IsolationCertificate.payloadType else {
      throw NoteFault("the envelope holds \(envelope.payloadType), not an isolation certificate")
    }
    var signers: [VerifierKey] = []
    for key in keys where key.kind == .ed25519 {
      if try envelope.isSigned(by: key) { signers.append(key) }
    }
    guard !signers.isEmpty else { throw NoteFault("no key that is trusted signed it") }
    let certificate = try IsolationCertificate(payload: envelope.payload)
    guard let signer = signers.first(where: { $0.name == certificate.subject.operatorName.keysName }) else {
      throw NoteFault("it is of \(certificate.subject.operatorName), whose key did not sign it")
    }
    return (certificate, signer)
  }
}
