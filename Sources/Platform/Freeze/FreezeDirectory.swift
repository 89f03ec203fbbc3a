package import Redis
internal import Synchronization

/// The lookups of a process: roles that share a Redis share what is known of it, so that the process asks once a second and not each role.
package final class FreezeDirectory: Sendable {
  private let lookups = Mutex<[String: FreezeLookups]>([:])

  package init() {}

  /// - Parameter redis: of the role that asks; the first role's is used. It is also the last to be closed.
  package func lookups(url: String, redis: RedisClient) -> FreezeLookups {
    lookups.withLock { lookups in
      if let known = lookups[url] { return known }
      let new = FreezeLookups(redis: redis)
      lookups[url] = new
      return new
    }
  }
}
