internal import Contracts
internal import Crypto
internal import Kernel
internal import Redis

/// Bounds how often an account's password can be guessed, counting in Redis, where all instances see it. Accounts that don't exist are
/// counted alike, so that the bound doesn't tell which ones do.
///
/// An attempt is counted before the password is looked at: a hundred parallel guesses are a hundred. A success clears the count, and an attempt
/// that was never judged, since something else failed, is given back: an outage must not lock out whoever retries through it.
struct LoginThrottle: Sendable {
  let redis: RedisClient

  /// - Throws: `Problem` with `rate_limited` over the bound; with `unavailable` if Redis can't be asked: a bound that can't be
  ///   checked refuses.
  func count(_ account: String, brand: BrandID) async throws {
    let attempts: Int64
    do {
      attempts = try await redis.increment(Self.key(account, brand), expirySeconds: Limits.loginWindowSeconds)
    } catch {
      throw Problem(.unavailable)
    }
    guard attempts <= Limits.loginAttemptsMax else {
      throw Problem(.rateLimited, detail: "Too many log-ins for this account", retryAfterSeconds: Limits.loginWindowSeconds)
    }
  }

  /// A failure to clear costs the player some of the next attempts and nothing else.
  func clear(_ account: String, brand: BrandID) async {
    _ = try? await redis.delete(Self.key(account, brand))
  }

  /// A failure to give back costs the player one of the next attempts and nothing else.
  func giveBack(_ account: String, brand: BrandID) async {
    _ = try? await redis.increment(Self.key(account, brand), by: -1, expirySeconds: Limits.loginWindowSeconds)
  }

  static func key(_ account: String, _ brand: BrandID) -> String {
    let digest = SHA256.hash(data: Array(account.lowercased().utf8))
    return RedisKeys.loginAttempts(brand: brand.rawValue, accountDigest: Hexadecimal.encode(digest))
  }
}
