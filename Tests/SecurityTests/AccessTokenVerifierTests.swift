internal import Kernel
@testable internal import Security
internal import Testing

@Suite struct AccessTokenVerifierTests {
  private let signer = TestKeys.pair.signer
  private let now = TestKeys.now

  private func verifier(cachedTokensMax: Int = 8) throws -> AccessTokenVerifier {
    AccessTokenVerifier(keys: try KeySet([signer.keyID: signer.publicKey]), cachedTokensMax: cachedTokensMax)
  }

  private func token(session: String = "s-1", lifetime: Int64 = 3600) throws -> [UInt8] {
    Array(try signer.sign(TestKeys.claims(session: session, lifetime: lifetime), kind: .playerAccess).utf8)
  }

  private func lookup(_ token: [UInt8], in verifier: AccessTokenVerifier, after seconds: Int64 = 0) -> VerifiedPlayerToken? {
    token.withUnsafeBytes { verifier.lookup($0, now: now.advanced(bySeconds: seconds)) }
  }

  @Test("A verified token is found again until its expiry, another one is not")
  func cached() throws {
    let verifier = try verifier()
    let token = try token(lifetime: 60)
    #expect(lookup(token, in: verifier) == nil)
    let verified = try verifier.verify(token, now: now)
    #expect(lookup(token, in: verifier) == verified)
    #expect(lookup(token, in: verifier, after: 59) == verified)
    var other = token
    other[other.count - 1] ^= 1
    #expect(lookup(other, in: verifier) == nil)
    #expect(lookup(token, in: verifier, after: 60) == nil)
    #expect(verifier.cachedTokenCount == 0)
    #expect(throws: TokenRefusal.expired) { try verifier.verify(token, now: now.advanced(bySeconds: 90)) }
  }

  @Test("A refused token is not kept")
  func refusedIsNotKept() throws {
    let verifier = try verifier()
    #expect(throws: TokenRefusal.self) { try verifier.verify(Array("a.b.c".utf8), now: now) }
    #expect(verifier.cachedTokenCount == 0)
  }

  @Test("The least recently used token leaves first")
  func bounded() throws {
    let verifier = try verifier(cachedTokensMax: 3)
    let tokens = try (0..<5).map { try token(session: "s-\($0)") }
    for token in tokens.prefix(3) { _ = try verifier.verify(token, now: now) }
    _ = lookup(tokens[0], in: verifier)
    for token in tokens.suffix(2) { _ = try verifier.verify(token, now: now) }
    #expect(verifier.cachedTokenCount == 3)
    #expect(tokens.map { lookup($0, in: verifier) != nil } == [true, false, false, true, true])
  }

  @Test("S0-JWT-12 a change of keys empties the cache: the removed key's tokens are refused at once")
  func keyChange() throws {
    let verifier = try verifier()
    let token = try token()
    _ = try verifier.verify(token, now: now)
    let other = TestKeys.otherPair.signer
    verifier.replaceKeys(try KeySet([other.keyID: other.publicKey]))
    #expect(verifier.keyIDs == ["20261121-2"])
    #expect(lookup(token, in: verifier) == nil)
    #expect(throws: TokenRefusal.unknownKeyID) { try verifier.verify(token, now: now) }
  }

  @Test("Forgetting a session leaves the others")
  func forgetting() throws {
    let verifier = try verifier()
    let (first, second) = (try token(session: "s-1"), try token(session: "s-2"))
    for token in [first, second] { _ = try verifier.verify(token, now: now) }
    verifier.forget(brand: TestKeys.brand(2), sessionID: "s-1")
    #expect(verifier.cachedTokenCount == 2)
    verifier.forget(brand: TestKeys.brand(1), sessionID: "s-1")
    #expect(lookup(first, in: verifier) == nil)
    #expect(lookup(second, in: verifier) != nil)
    verifier.forgetAll()
    #expect(verifier.cachedTokenCount == 0)
  }

  @Test("The cache agrees with a plain model over a long run of random use")
  func model() throws {
    let verified = try (0..<12).map { try verifier().verify(token(session: "s-\($0)"), now: now) }
    let digests = (0..<12).map { number in [UInt8(number)].withUnsafeBytes { TokenDigest($0) } }
    var cache = VerifiedTokenCache(capacity: 5)
    var order: [Int] = []
    var generator = SplitMix64(seed: 20_261_121)
    for _ in 0..<20_000 {
      let pick = Int(generator.next() % 12)
      switch generator.next() % 8 {
      case 0..<4:
        let found = cache.lookup(digests[pick], now: now) != nil
        #expect(found == order.contains(pick))
        if found { order.append(order.remove(at: order.firstIndex(of: pick) ?? 0)) }
      case 4..<7:
        cache.insert(verified[pick], as: digests[pick])
        if !order.contains(pick) {
          if order.count == 5 { order.removeFirst() }
          order.append(pick)
        }
      default:
        cache.removeAll { $0.sessionID == "s-\(pick)" }
        order.removeAll { $0 == pick }
      }
      #expect(cache.count == order.count)
    }
  }
}

/// Steele, Lea and Flood's generator: small, and the same numbers for the same seed everywhere.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
