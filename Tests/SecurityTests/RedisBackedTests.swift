internal import Kernel
internal import Logging
internal import Redis
@testable internal import Security
internal import Synchronization
internal import TestSupport
internal import Testing

@Suite struct RedisBackedTests {
  private static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  private static func withRedis(_ body: @escaping @Sendable (RedisClient, TestRedisServer) async throws -> Void) async throws {
    try await TestRedis.lease { server in
      let redis = RedisClient(try RedisConfiguration(url: server.url), logger: logger)
      try await withThrowingTaskGroup { group in
        group.addTask { await redis.run() }
        defer { group.cancelAll() }
        try await body(redis, server)
      }
    }
  }

  @Test("S0-JWT-12 verifiers read the settings again when jwt_public_keys_changed is published")
  func reload() async throws {
    let (old, new) = (TestKeys.pair.signer, TestKeys.otherPair.signer)
    @Sendable func json(_ signers: [TokenSigner]) -> String {
      "{\(signers.map { "\"\($0.keyID)\":\"\($0.publicKey.pem)\"" }.joined(separator: ","))}"
    }
    let setting = SettingBox(json([old]))
    let verifier = AccessTokenVerifier(keys: try KeySet([old.keyID: old.publicKey]))
    let token = Array(try old.sign(TestKeys.claims(), kind: .playerAccess).utf8)
    _ = try verifier.verify(token, now: TestKeys.now)
    let reloader = JWTKeyReloader(verifier: verifier, logger: Self.logger) { setting.value }
    try await Self.withRedis { redis, _ in
      try await withThrowingTaskGroup { group in
        group.addTask { await reloader.run(redis) }
        defer { group.cancelAll() }
        // The overlap of a rotation: both keys.
        setting.set(json([old, new]))
        try await eventually("the new key is accepted") {
          _ = try await redis.publish("jwt_public_keys_changed", "1")
          return verifier.keyIDs == ["20261121-1", "20261121-2"]
        }
        _ = try verifier.verify(token, now: TestKeys.now)
        // A setting that can't be used changes nothing.
        setting.set("{")
        for _ in 0..<3 { _ = try await redis.publish("jwt_public_keys_changed", "1") }
        setting.set(json([new]))
        try await eventually("the old key is gone") {
          _ = try await redis.publish("jwt_public_keys_changed", "1")
          return verifier.keyIDs == ["20261121-2"]
        }
        #expect(throws: TokenRefusal.unknownKeyID) { try verifier.verify(token, now: TestKeys.now) }
      }
    }
  }

  @Test("A setting that can't be used leaves the keys in force")
  func unusableSetting() throws {
    let verifier = AccessTokenVerifier(keys: try KeySet([TestKeys.pair.signer.keyID: TestKeys.pair.signer.publicKey]))
    struct Unreadable: Error {}
    for setting in [{ nil }, { "" }, { "{}" }, { #"{"k":"x"}"# }, { throw Unreadable() }] as [@Sendable () throws -> String?] {
      JWTKeyReloader(verifier: verifier, logger: Self.logger, currentSetting: setting).reload()
      #expect(verifier.keyIDs == ["20261121-1"])
    }
  }

  @Test("S0-SIG-08 S0-SIG-09 a signature is remembered until it is stale, and a silent Redis is told as such")
  func replays() async throws {
    try await Self.withRedis { redis, server in
      let replays = RedisBrandSignatureReplays(redis: redis, clock: WallClock { TestKeys.now })
      @Sendable func proof(_ nonce: String, lasting seconds: Int64 = 60) -> BrandSignatureProof {
        BrandSignatureProof(
          caller: .recon, brand: TestKeys.brand(1), usedPreviousKey: false, replayKey: "recon:\(nonce)",
          expiresAt: TestKeys.now.seconds + seconds)
      }
      try await replays.remember(proof("01"))
      try await replays.remember(proof("02"))
      await #expect(throws: BrandSignatureFailure.replay) { try await replays.remember(proof("01")) }
      let left = try await redis.send(["TTL", "brand_signature:recon:01"])
      #expect(left == .integer(60) || left == .integer(59))
      await server.crash()
      await #expect(throws: BrandSignatureFailure.replayUnavailable) { try await replays.remember(proof("03")) }
    }
  }
}

/// A setting that a test changes under a running reader.
private final class SettingBox: Sendable {
  private let text: Mutex<String>

  init(_ text: String) { self.text = Mutex(text) }

  var value: String { text.withLock { $0 } }

  func set(_ new: String) { text.withLock { $0 = new } }
}
