internal import CryptoExtras
internal import Kernel
@testable internal import Security
internal import Testing

@Suite struct KeyMaterialTests {
  private static let pair = TestKeys.pair

  private static func pkcs1() throws -> String {
    // The library's `pemRepresentation` of a private key is PKCS#1.
    try _RSA.Signing.PrivateKey(pemRepresentation: pair.privateKeyPEM).pemRepresentation
  }

  @Test("S0-JWT-20 private keys are read as PKCS#8 and PKCS#1, with real and with escaped line breaks")
  func privateKeyForms() throws {
    let (pkcs8, pkcs1) = (Self.pair.privateKeyPEM, try Self.pkcs1())
    #expect(pkcs8.hasPrefix("-----BEGIN PRIVATE KEY-----"))
    #expect(pkcs1.hasPrefix("-----BEGIN RSA PRIVATE KEY-----"))
    for text in [pkcs8, pkcs1] {
      let forms = [
        text, text + "\n", "\n  " + text + "\n", text.replacing("\n", with: #"\n"#), text.replacing("\n", with: #"\n"#) + #"\n"#,
        text.replacing("\n", with: "\r\n"), text.replacing("\n", with: #"\r\n"#),
      ]
      for form in forms {
        let signer = try TokenSigner(privateKeyPEM: form, keyID: "20261121-1")
        let token = Array(try signer.sign(TestKeys.claims(), kind: .playerAccess).utf8)
        _ = try TestKeys.verifier(Self.pair.signer).verifyPlayer(token, kind: .playerAccess, now: TestKeys.now)
      }
    }
  }

  @Test("S0-JWT-02 S0-JWT-20 the map of public keys is read in every spelling that environments leave it in")
  func publicKeyMap() throws {
    let pem = Self.pair.signer.publicKey.pem
    let pkcs1 = try _RSA.Signing.PublicKey(pemRepresentation: pem).pkcs1PEMRepresentation
    let forms = [
      #"{"20261121-1":"\#(pem.replacing("\n", with: #"\n"#))"}"#,
      #"{"20261121-1":"\#(pem.replacing("\n", with: #"\\n"#))"}"#,
      "{\"20261121-1\":\"\(pem)\"}",
      "{\n  \"20261121-1\": \"\(pem)\n\"\n}",
      #"{"20261121-1":"\#(pkcs1.replacing("\n", with: #"\n"#))"}"#,
    ]
    let token = Array(try Self.pair.signer.sign(TestKeys.claims(), kind: .playerAccess).utf8)
    for form in forms {
      let keys = try KeySet(json: form)
      #expect(keys.keyIDs == ["20261121-1"])
      _ = try TokenVerifier(keys: keys).verifyPlayer(token, kind: .playerAccess, now: TestKeys.now)
    }
  }

  @Test(
    "A map that can't be used is refused as a whole",
    arguments: [
      ("", KeyRefusal.notAMap), ("[]", .notAMap), ("{}", .noKeys), (#"{"k":"x","k":"y"}"#, .notAMap), (#"{"k":7}"#, .notPEM),
      (#"{"k":"x"}"#, .notPEM), (#"{"a/b":"x"}"#, .keyIDInvalid("a/b")), (#"{"":"x"}"#, .keyIDInvalid("")),
      (#"{"k":"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"}"#, .notAPublicKey),
      (#"{"k":"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"}"#, .notRSA),
    ])
  func badMaps(json: String, expected: KeyRefusal) {
    #expect(throws: expected) { try KeySet(json: json) }
  }

  @Test("A private key among the public ones is refused")
  func privateAmongPublic() {
    #expect(throws: KeyRefusal.notAPublicKey) { try VerificationKey(pem: Self.pair.privateKeyPEM) }
    #expect(throws: KeyRefusal.notAPrivateKey) { try TokenSigner(privateKeyPEM: Self.pair.signer.publicKey.pem, keyID: "k") }
  }

  @Test("Keys below 2048 bits are refused for signing and for verifying")
  func smallKeys() throws {
    let small = try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: 1024))
    #expect(throws: KeyRefusal.modulusSize(1024)) { try TokenSigner(privateKeyPEM: small.pkcs8PEMRepresentation, keyID: "k") }
    #expect(throws: KeyRefusal.modulusSize(1024)) { try VerificationKey(pem: small.publicKey.pemRepresentation) }
  }

  @Test(
    "Public exponents that make signatures worthless or slow are refused",
    arguments: [[1], [3], [0x11], [1, 0, 0], [2, 0, 0, 0, 1]] as [[UInt8]])
  func exponents(exponent: [UInt8]) {
    do {
      _ = try VerificationKey(pem: TestKeys.publicKeyPEM(modulus: TestKeys.modulus, exponent: exponent))
      Issue.record("the key was accepted")
    } catch {
      // BoringSSL refuses some of them itself.
      #expect([.exponent, .notRSA].contains(error))
    }
  }

  @Test("The hand-written form of a sound key is accepted, so the refusals above are about the exponent")
  func soundExponent() throws {
    _ = try VerificationKey(pem: TestKeys.publicKeyPEM(modulus: TestKeys.modulus, exponent: [1, 0, 1]))
  }

  @Test("Two blocks, half a block and encrypted blocks are no key")
  func badBlocks() {
    let pem = Self.pair.privateKeyPEM
    for text in [pem + "\n" + pem, String(pem.dropLast(10)), "", "\\", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----"] {
      #expect(throws: KeyRefusal.self) { try TokenSigner(privateKeyPEM: text, keyID: "k") }
    }
  }

  @Test("S0-JWT-09 keys made by Cordon are named by day and number")
  func datedKeyIDs() {
    #expect(KeyID.dated(Timestamp(seconds: 1_795_230_000), number: 3).rawValue == "20261121-3")
  }

  @Test("A refusal never quotes the key")
  func refusalsAreDiscreet() {
    let secret = "-----BEGIN PRIVATE KEY-----\nMIIEvSECRETSECRET\n-----END PRIVATE KEY-----"
    do {
      _ = try TokenSigner(privateKeyPEM: secret, keyID: "k")
      Issue.record("the key was accepted")
    } catch {
      #expect(!"\(error)".contains("SECRET"))
    }
  }
}
