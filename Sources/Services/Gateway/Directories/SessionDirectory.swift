internal import Contracts
internal import Kernel
internal import NIOCore
internal import Redis

/// Whether a session lives: its key stands in Redis under the brand, and only there (S0-JWT-15).
///
/// What lives is kept in memory while Redis tells of changes, so that a logout holds at once; what is missing is asked for each time.
final class SessionDirectory: Sendable {
  private static let sessionsMax = 100_000
  private static let secondsMax: Int64 = 60

  private let redis: RedisClient
  private let living = TrackedCache<Bool>(capacity: sessionsMax, lifetime: .seconds(secondsMax))

  init(redis: RedisClient) { self.redis = redis }

  func known(brand: BrandID, session: String, now: NIODeadline) -> SessionVerdict? {
    living.lookup(RedisKeys.playerSession(brand: brand.rawValue, session: session), now: now) == nil ? nil : .living
  }

  func find(brand: BrandID, session: String) async -> SessionVerdict {
    let key = RedisKeys.playerSession(brand: brand.rawValue, session: session)
    let ticket = living.ticket(for: key)
    do {
      guard try await redis.exists(key) else { return .missing }
    } catch {
      return .unavailable
    }
    living.keep(true, for: key, ticket, now: .now())
    return .living
  }

  func resume() { living.resume() }

  func suspend() { living.suspend() }

  func flush() { living.flush() }

  /// - Parameter key: the whole Redis key.
  func invalidate(_ key: String) { living.invalidate(key) }
}
