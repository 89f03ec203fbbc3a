internal import Crypto
internal import Kernel
@testable internal import Security
internal import Testing

@Suite struct BrandSignatureTests {
  private static let now = TestKeys.now
  private static let (key, newKey) = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210")
  private static let body = Array(#"{"amount":{"amount":1250,"currency":"EUR"}}"#.utf8)

  private static func request(
    _ caller: CallerLabel = .admin, brand: Int64 = 1, method: String = "POST", target: String = "/internal/wallet/deposit",
    body: [UInt8] = body
  ) -> BrandSignedRequest {
    BrandSignedRequest(caller: caller, brand: TestKeys.brand(brand), method: method, target: target, body: body)
  }

  private static func signer(_ key: String = key) throws -> BrandSigner {
    try #require(BrandSigner(keys: BrandSignatureKeys(active: key)))
  }

  private static func verifier(active: String? = key, previous: String? = nil) throws -> BrandSignatureVerifier {
    BrandSignatureVerifier(keys: BrandSignatureKeys(active: active, previous: previous))
  }

  @Test("The test vectors of docs/formats/brand-signature.md are what the code makes")
  func vectors() throws {
    let first = try Self.signer().sign(Self.request(), timestamp: 1_795_230_000, nonce: (0..<16).map { UInt8($0) })
    #expect(first == "v1.1795230000.AAECAwQFBgcICQoLDA0ODw.hi7pFqy2ZYFrgtetTQBKeaKqwX3sBrUf_kLVM72WA2s")
    let largest = Self.request(.gateway, brand: .max, target: "/v1/wallet/bets?x=%2F", body: [])
    let second = try Self.signer().sign(largest, timestamp: 1_795_230_000, nonce: [UInt8](repeating: 255, count: 16))
    #expect(second == "v1.1795230000._____________________w.Vr_9CWFwRY4MCOf1f1o0m_ZG6LMbrm0T20wQajLtZ7o")
  }

  @Test("S0-SIG-02 each of the six signers is accepted; S0-SIG-18 the others are refused by name", arguments: CallerLabel.allCases)
  func signers(caller: CallerLabel) throws {
    let header = try Self.signer().sign(Self.request(caller), now: Self.now)
    guard CallerLabel.signers.contains(caller) else {
      #expect(throws: BrandSignatureFailure.callerNotAllowed) {
        try Self.verifier().verify(header: header, request: Self.request(caller), now: Self.now)
      }
      return
    }
    let proof = try Self.verifier().verify(header: header, request: Self.request(caller), now: Self.now)
    #expect(proof.caller == caller)
    #expect(!proof.usedPreviousKey)
  }

  @Test(
    "S0-SIG-06 S0-SVC-06 a signature is good for one caller, brand, method, target and body",
    arguments: [
      request(.game), request(brand: 2), request(method: "PUT"), request(target: "/internal/wallet/deposits"),
      request(target: "/internal/wallet/deposit?x=1"), request(target: "/internal/wallet/Deposit"), request(body: body + [0x20]),
      request(body: []),
    ])
  func tampered(request: BrandSignedRequest) throws {
    let header = try Self.signer().sign(Self.request(), now: Self.now)
    #expect(throws: BrandSignatureFailure.badSignature) {
      try Self.verifier().verify(header: header, request: request, now: Self.now)
    }
  }

  @Test("Bytes can't be moved from one field into the next")
  func fieldsAreSeparate() {
    let (left, right) = (Self.request(method: "POST", target: "/a"), Self.request(method: "POST/", target: "a"))
    #expect(left.layout(timestamp: 0, nonce: []) != right.layout(timestamp: 0, nonce: []))
  }

  @Test("S0-SVC-06 a signature over the layout with admin's long name does not verify, and over the short one it does")
  func longName() throws {
    let request = Self.request()
    let nonce = (0..<16).map { UInt8($0) }
    let layout = request.layout(timestamp: Self.now.seconds, nonce: nonce)
    for (name, expected) in [("admin", nil), ("admin_service", BrandSignatureFailure.badSignature)] {
      let renamed = Self.renaming("admin", to: name, in: layout)
      let code = HMAC<SHA256>.authenticationCode(for: renamed, using: SymmetricKey(data: Array(Self.key.utf8)))
      let header = "v1.\(Self.now.seconds).\(Base64URL.encode(nonce)).\(Base64URL.encode(Array(code)))"
      if let expected {
        #expect(throws: expected) { try Self.verifier().verify(header: header, request: request, now: Self.now) }
      } else {
        #expect(try Self.verifier().verify(header: header, request: request, now: Self.now).caller == .admin)
      }
    }
  }

  /// The layout with another text in the place of one of its length-prefixed fields.
  private static func renaming(_ old: String, to new: String, in layout: [UInt8]) -> [UInt8] {
    func field(_ text: String) -> [UInt8] { [0, 0, 0, UInt8(text.utf8.count)] + Array(text.utf8) }
    let (old, new) = (field(old), field(new))
    guard let start = layout.indices.first(where: { layout[$0...].starts(with: old) }) else { return [] }
    return Array(layout[..<start]) + new + Array(layout[(start + old.count)...])
  }

  @Test("No character of the header can be changed unnoticed")
  func everyCharacter() throws {
    let header = Array(try Self.signer().sign(Self.request(), now: Self.now).utf8)
    for place in header.indices {
      var changed = header
      changed[place] ^= 1
      #expect(throws: BrandSignatureFailure.self, "character \(place)") {
        try Self.verifier().verify(header: String(decoding: changed, as: UTF8.self), request: Self.request(), now: Self.now)
      }
    }
  }

  @Test(
    "A value that has not the written form is malformed, one of another version unsupported",
    arguments: [
      ("", BrandSignatureFailure.unsupportedVersion), ("v2.1.AA.AA", .unsupportedVersion), ("v1", .malformed), ("v1.", .malformed),
      ("v1.1.AA", .malformed), ("v1.01.AAECAwQFBgcICQoLDA0ODw.hi7pFqy2ZYFrgtetTQBKeaKqwX3sBrUf_kLVM72WA2s", .malformed),
      ("v1.-1.AAECAwQFBgcICQoLDA0ODw.hi7pFqy2ZYFrgtetTQBKeaKqwX3sBrUf_kLVM72WA2s", .malformed),
      ("v1.1795230000.AAECAwQFBgcICQoLDA0ODw==.hi7pFqy2ZYFrgtetTQBKeaKqwX3sBrUf_kLVM72WA2s", .malformed),
      ("v1.1795230000.AAECAwQFBgcICQoLDA0O.hi7pFqy2ZYFrgtetTQBKeaKqwX3sBrUf_kLVM72WA2s", .malformed),
      ("v1.1795230000.AAECAwQFBgcICQoLDA0ODw.hi7pFqy2ZYFrgtetTQBKeaKqwX3sBrUf_kLVM72WA2s.x", .malformed),
    ])
  func malformed(header: String, expected: BrandSignatureFailure) throws {
    #expect(throws: expected) { try Self.verifier().verify(header: header, request: Self.request(), now: Self.now) }
  }

  @Test("A signature is stale outside the window, either way")
  func window() throws {
    let header = try Self.signer().sign(Self.request(), now: Self.now)
    for age in [-120, 0, 120] as [Int64] {
      _ = try Self.verifier().verify(header: header, request: Self.request(), now: Self.now.advanced(bySeconds: age))
    }
    for age in [-121, 121] as [Int64] {
      #expect(throws: BrandSignatureFailure.stale) {
        try Self.verifier().verify(header: header, request: Self.request(), now: Self.now.advanced(bySeconds: age))
      }
    }
  }

  @Test("S0-SIG-10 S0-SIG-12 the outgoing key is accepted during the overlap and refused after it")
  func rotation() throws {
    let oldHeader = try Self.signer().sign(Self.request(), now: Self.now)
    let newHeader = try Self.signer(Self.newKey).sign(Self.request(), now: Self.now)
    // S0-SIG-11 step 1: both settings hold the outgoing key.
    let first = try Self.verifier(active: Self.key, previous: Self.key)
    #expect(try !first.verify(header: oldHeader, request: Self.request(), now: Self.now).usedPreviousKey)
    let overlap = try Self.verifier(active: Self.newKey, previous: Self.key)
    #expect(try overlap.verify(header: oldHeader, request: Self.request(), now: Self.now).usedPreviousKey)
    #expect(try !overlap.verify(header: newHeader, request: Self.request(), now: Self.now).usedPreviousKey)
    #expect(throws: BrandSignatureFailure.badSignature) {
      try Self.verifier(active: Self.newKey).verify(header: oldHeader, request: Self.request(), now: Self.now)
    }
  }

  @Test("S0-SIG-07 a previous key alone is a misconfiguration, signed or not")
  func misconfigured() throws {
    let header = try Self.signer().sign(Self.request(), now: Self.now)
    let verifier = try Self.verifier(active: nil, previous: Self.key)
    for header in [header, nil] {
      #expect(throws: BrandSignatureFailure.misconfigured) { try verifier.verify(header: header, request: Self.request(), now: Self.now) }
    }
    let none = try Self.verifier(active: nil)
    #expect(throws: BrandSignatureFailure.misconfigured) { try none.verify(header: header, request: Self.request(), now: Self.now) }
    #expect(throws: BrandSignatureFailure.missing) { try none.verify(header: nil, request: Self.request(), now: Self.now) }
    #expect(BrandSigner(keys: BrandSignatureKeys(active: "short")) == nil)
    let short = try Self.verifier(active: "short")
    #expect(throws: BrandSignatureFailure.misconfigured) { try short.verify(header: nil, request: Self.request(), now: Self.now) }
  }

  @Test("S0-SIG-04 S0-SIG-05 S0-SIG-16 what is refused, by flag, mode and environment")
  func policy() {
    func policy(_ required: Bool, _ mode: EnforcementMode, _ label: String = "production") -> BrandSignaturePolicy {
      BrandSignaturePolicy(isRequired: required, mode: mode, environment: DeploymentEnvironment(label: label))
    }
    for mode in EnforcementMode.allCases {
      #expect(policy(false, mode).refusal(for: .missing) == nil)
      #expect(policy(true, mode).refusal(for: .missing) == .brandSignatureMissing)
      #expect(policy(true, mode).refusal(for: .badSignature) == .brandSignatureInvalid)
      #expect(policy(false, mode).refusal(for: .badSignature) == (mode == .enforce ? .brandSignatureInvalid : nil))
      #expect(policy(false, mode).refusal(for: .misconfigured) == (mode == .enforce ? .unavailable : nil))
      #expect(policy(false, mode).refusal(for: .replayUnavailable) == .unavailable)
      #expect(policy(true, mode, "test").refusal(for: .replayUnavailable) == nil)
    }
  }
}
