import Evidence
import Kernel
import Testing

@Suite("Isolation certificates")
struct IsolationCertificateTests {
  private static let seed = [UInt8](repeating: 1, count: 32)

  private func certificate(findings: Int64 = 0, sources: IsolationCertificate.SourceVerdict = .clean) throws -> IsolationCertificate {
    let subject = IsolationCertificate.Subject(
      operatorName: try #require(OperatorName("cordon.example")), brand: try #require(BrandID(2)),
      brandCode: try #require(BrandCode("brand2")),
      environment: "staging", mode: .enforce, at: Timestamp(seconds: 1_764_028_800), program: "0.1.0", commit: "0cf08cb", schemaHead: 17)
    let counts = IsolationCertificate.Counts(operations: 199, probes: 180, alarms: 40, findings: findings, catalogueFindings: 0)
    return try #require(
      IsolationCertificate(
        subject: subject, counts: counts, sources: sources, tableDigest: String(repeating: "ab", count: 32),
        wouldDeny: [.init(counter: "wallet_cross_brand_rejected_total mode=observe", count: 3)]))
  }

  private func key(_ seed: [UInt8] = seed) throws -> SigningKey { try #require(SigningKey(seed: seed)) }

  private func trusted(_ name: String = "cordon.example/keys", seed: [UInt8] = seed) throws -> VerifierKey {
    try key(seed).verifierKey(try #require(KeyName(name)))
  }

  private func signed(_ certificate: IsolationCertificate) throws -> [UInt8] {
    try SignedEnvelope(payloadType: IsolationCertificate.payloadType, payload: certificate.payload, signedBy: try key()).bytes
  }

  @Test("what is signed is read again, with the key that signed it")
  func roundTrip() throws {
    let written = try certificate()
    let (read, signer) = try CertificateCheck.read(try signed(written), trusting: [try trusted()])
    #expect(read == written)
    #expect(read.isIsolated)
    #expect(signer == (try trusted()))
  }

  @Test("the bytes are those of docs/formats/isolation-certificate.md")
  func vector() throws {
    #expect(
      String(decoding: try certificate().payload, as: UTF8.self)
        == #"{"version":1,"operator":"cordon.example","brand":2,"brand_code":"brand2","environment":"staging","mode":"enforce","#
        + #""at":1764028800,"program":"0.1.0","commit":"0cf08cb","schema_head":17,"operations":199,"probes":180,"alarms":40,"#
        + #""findings":0,"catalogue_findings":0,"sources":"clean","table_sha256":"\#(String(repeating: "ab", count: 32))","#
        + #""would_deny":[{"counter":"wallet_cross_brand_rejected_total mode=observe","count":3}],"verdict":"isolated"}"#)
    // The vector of DSSE's own description.
    let signed = SignedEnvelope.signedBytes(payloadType: "http://example.com/HelloWorld", payload: Array("hello world".utf8))
    #expect(String(decoding: signed, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
  }

  @Test("with a finding, or with sources that failed, the verdict is failed")
  func failed() throws {
    for failing in [try certificate(findings: 1), try certificate(sources: .failed)] {
      let (read, _) = try CertificateCheck.read(try signed(failing), trusting: [try trusted()])
      #expect(!read.isIsolated)
      #expect(read.verdict == "failed")
    }
  }

  @Test("a change of any byte is refused")
  func everyByte() throws {
    let bytes = try signed(try certificate())
    for index in bytes.indices {
      for flip in [UInt8(0x01), 0x80] {
        var changed = bytes
        changed[index] ^= flip
        #expect(throws: NoteFault.self, "byte \(index)") { try CertificateCheck.read(changed, trusting: [try trusted()]) }
      }
      #expect(throws: NoteFault.self) { try CertificateCheck.read(Array(bytes[..<index]), trusting: [try trusted()]) }
    }
    #expect(throws: NoteFault.self) { try CertificateCheck.read(bytes + [0x0A], trusting: [try trusted()]) }
  }

  @Test("another's key, another operator's name and another kind of document are refused")
  func strangers() throws {
    let bytes = try signed(try certificate())
    let stranger = try trusted(seed: [UInt8](repeating: 2, count: 32))
    #expect(throws: NoteFault.self) { try CertificateCheck.read(bytes, trusting: [stranger]) }
    #expect(throws: NoteFault.self) { try CertificateCheck.read(bytes, trusting: [try trusted("other.example/keys")]) }
    #expect(throws: NoteFault.self) { try CertificateCheck.read(bytes, trusting: []) }
    let other = try SignedEnvelope(payloadType: "application/json", payload: try certificate().payload, signedBy: try key()).bytes
    #expect(throws: NoteFault.self) { try CertificateCheck.read(other, trusting: [try trusted()]) }
  }

  @Test("a payload whose verdict isn't what its counts say is refused, though it is signed")
  func contradiction() throws {
    let text = String(decoding: try certificate(findings: 1).payload, as: UTF8.self)
    for payload in [text.replacing(#""verdict":"failed""#, with: #""verdict":"isolated""#), text.replacing(",", with: ", "), text + " "] {
      let bytes = try SignedEnvelope(
        payloadType: IsolationCertificate.payloadType, payload: Array(payload.utf8), signedBy: try key()
      ).bytes
      #expect(throws: NoteFault.self) { try CertificateCheck.read(bytes, trusting: [try trusted()]) }
    }
  }
}
