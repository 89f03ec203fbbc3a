package import Kernel
package import Redis

/// Remembers signatures in Redis until they are stale anyway: `brand_signature:<caller>:<nonce>` (S0-SIG-08, S0-SIG-09).
package struct RedisBrandSignatureReplays: BrandSignatureReplays {
  private let redis: RedisClient
  private let clock: WallClock

  package init(redis: RedisClient, clock: WallClock = .system) {
    self.redis = redis
    self.clock = clock
  }

  package func remember(_ proof: BrandSignatureProof) async throws(BrandSignatureFailure) {
    let seconds = max(1, proof.expiresAt - clock.now().seconds)
    let isFirst: Bool
    do {
      isFirst = try await redis.set("brand_signature:\(proof.replayKey)", "1", expirySeconds: Int(seconds), onlyIfAbsent: true)
    } catch {
      throw .replayUnavailable
    }
    guard isFirst else { throw .replay }
  }
}
