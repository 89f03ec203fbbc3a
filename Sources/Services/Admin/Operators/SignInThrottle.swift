internal import Contracts
internal import Crypto
internal import Kernel
internal import Redis

/// Bounds how often an operator's password can be guessed. Attempts are counted before the password is looked at, and names that don't
/// exist are counted alike.
struct SignInThrottle: Sendable {
  private static let attemptsMax: Int64 = 10
  private static let windowSeconds = 60

  let redis: RedisClient

  /// - Throws: `rate_limited` over the bound, `unavailable` when it can't be counted: a bound that can't be checked refuses.
  func count(_ adminID: String) async throws(Problem) {
    let attempts: Int64
    do {
      attempts = try await redis.increment(Self.key(adminID), expirySeconds: Self.windowSeconds)
    } catch {
      throw Problem(.unavailable, detail: "Sign-in attempts can't be counted right now")
    }
    guard attempts <= Self.attemptsMax else {
      throw Problem(.rateLimited, detail: "Too many sign-ins of this operator", retryAfterSeconds: Self.windowSeconds)
    }
  }

  /// After a success. A failure costs the operator some of the next attempts and nothing else.
  func clear(_ adminID: String) async { _ = try? await redis.delete(Self.key(adminID)) }

  private static func key(_ adminID: String) -> String {
    RedisKeys.operatorSignInPrefix + Hexadecimal.encode(SHA256.hash(data: Array(adminID.utf8)))
  }
}
