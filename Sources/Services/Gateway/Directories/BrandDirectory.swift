internal import Contracts
internal import Kernel
internal import NIOCore
internal import Platform
internal import Redis
internal import Synchronization

/// Host → brand: the binding from Redis, the brand from the catalogue.
///
/// Bindings are kept in memory only while Redis tells of their changes, so that an operator's `SET` holds at once (S0-RES-19).
final class BrandDirectory: Sendable {
  private static let bindingSecondsMax: Int64 = 60
  /// What isn't bound is forgotten soon and kept apart: random hosts must not push out real ones.
  private static let unboundSecondsMax: Int64 = 5
  private static let hostsMax = 10_000

  private let redis: RedisClient
  private let catalog: BrandCatalog
  private let bindings = TrackedCache<BrandID>(capacity: hostsMax, lifetime: .seconds(bindingSecondsMax))
  private let unbound = TrackedCache<Bool>(capacity: hostsMax, lifetime: .seconds(unboundSecondsMax))
  private let lastCatalogRetry = Mutex(NIODeadline.distantPast)

  init(redis: RedisClient, catalog: BrandCatalog) {
    self.redis = redis
    self.catalog = catalog
  }

  /// The resolution when everything needed is in memory.
  func known(_ host: String, now: NIODeadline) -> BrandResolution? {
    if let id = bindings.lookup(host, now: now) {
      // A brand that isn't in the catalogue may have been created a moment ago: the slow way looks again.
      return catalog.inMemory()?[id].map { .brand($0) }
    }
    return unbound.lookup(host, now: now) == nil ? nil : .unknownDomain
  }

  func resolve(_ host: String) async -> BrandResolution {
    let tickets = (bindings.ticket(for: host), unbound.ticket(for: host))
    let id: BrandID?
    do {
      id = try await binding(of: host)
    } catch {
      return .redisError
    }
    guard let id else {
      unbound.keep(true, for: host, tickets.1, now: .now())
      return .unknownDomain
    }
    bindings.keep(id, for: host, tickets.0, now: .now())
    do {
      return try await brand(id).map { .brand($0) } ?? .unknownDomain
    } catch {
      return .catalogUnavailable
    }
  }

  // MARK: Changes

  func resume() {
    bindings.resume()
    unbound.resume()
  }

  func suspend() {
    bindings.suspend()
    unbound.suspend()
  }

  func flush() {
    bindings.flush()
    unbound.flush()
  }

  /// - Parameter host: what follows the prefix of a domain key.
  func invalidate(_ host: String) {
    bindings.invalidate(host)
    unbound.invalidate(host)
  }

  // MARK: Reading

  /// An agent's binding decides; only where there is none at all the level's does. A broken one is not passed over: somebody meant
  /// something by it, and guessing what would send players to a brand.
  private func binding(of host: String) async throws(RedisError) -> BrandID? {
    let replies = try await redis.pipeline([
      ["GET", RedisArgument(RedisKeys.domainAgent(host))], ["GET", RedisArgument(RedisKeys.domainLevel(host))],
    ])
    guard replies.count == 2 else { throw RedisError(.protocolViolation, "two GETs were not answered by two replies") }
    for (reply, kind) in zip(replies, [DomainBinding.Kind.agent, .level]) {
      switch reply {
      case .null: continue
      case .error(let message) where !message.hasPrefix("WRONGTYPE"): throw RedisError(.server(message), message)
      default: return reply.bytes.flatMap { DomainBinding($0, kind: kind)?.brand }
      }
    }
    return nil
  }

  /// The catalogue's brand. When it isn't there, the catalogue is read anew, but at most once a second: a binding to a brand that never
  /// existed must not cost a query per request.
  private func brand(_ id: BrandID) async throws -> Brand? {
    if let brand = try await catalog.brand(id) { return brand }
    let mayRetry = lastCatalogRetry.withLock { last in
      let now = NIODeadline.now()
      guard last + .seconds(1) <= now else { return false }
      last = now
      return true
    }
    guard mayRetry else { return nil }
    catalog.forget()
    return try await catalog.brand(id)
  }
}
