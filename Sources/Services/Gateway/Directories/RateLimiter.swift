internal import Contracts
internal import Kernel
internal import NIOCore
internal import Redis
internal import Synchronization

/// The per-address limit, shared by all gateways through Redis: a fixed window of a minute per client and class that begins with its first
/// request. Redis is asked for reservations, not for each request (``RateLedger``).
final class RateLimiter: Sendable {
  static let windowMilliseconds: Int64 = 60_000
  /// How much of a limit one question reserves at most.
  private static let reservationMax = 1000

  /// Grants at most ARGV[1] of what is left of ARGV[2]; a new window lasts ARGV[3] ms. Answers with the grant and the window's rest in ms.
  private static let script = """
    local used = tonumber(redis.call('GET', KEYS[1]) or '0')
    local grant = math.max(0, math.min(tonumber(ARGV[1]), tonumber(ARGV[2]) - used))
    if grant > 0 then redis.call('INCRBY', KEYS[1], grant) end
    local left = redis.call('PTTL', KEYS[1])
    if left < 0 then
      redis.call('PEXPIRE', KEYS[1], ARGV[3])
      left = tonumber(ARGV[3])
    end
    return {grant, left}
    """

  private struct State {
    var ledger = RateLedger()
    /// While Redis is known to be away it isn't asked, so that its outage doesn't cost every request a timeout.
    var awayUntil = NIODeadline.distantPast
  }

  private let redis: RedisClient
  private let limits: [GatewayRoute.RateClass: Int]
  private let onOutage: @Sendable (RedisError) -> Void
  private let state = Mutex(State())

  /// - Parameter limits: requests per minute and client; a class without a limit isn't counted.
  init(redis: RedisClient, limits: [GatewayRoute.RateClass: Int], onOutage: @escaping @Sendable (RedisError) -> Void) {
    self.redis = redis
    self.limits = limits
    self.onOutage = onOutage
  }

  /// Counts one request, if that can be decided here; nil when Redis has to be asked (``ask(_:_:)``), and then nothing was counted.
  func take(_ rateClass: GatewayRoute.RateClass, _ client: ClientAddress, now: NIODeadline) -> RateVerdict? {
    guard let limit = limits[rateClass] else { return .within }
    let key = RateLedger.Key(rateClass: rateClass, client: client.bucket)
    return state.withLock { state in verdict(state.ledger.take(key, now: now), limit: limit) }
  }

  /// Counts one request with a new reservation.
  func ask(_ rateClass: GatewayRoute.RateClass, _ client: ClientAddress) async -> RateVerdict {
    guard let limit = limits[rateClass] else { return .within }
    let key = RateLedger.Key(rateClass: rateClass, client: client.bucket)
    let asked = NIODeadline.now()
    guard state.withLock({ asked >= $0.awayUntil }) else { return outage(RedisError(.unreachable, "Redis did not answer a moment ago")) }
    do {
      let (granted, milliseconds) = try await reserve(key, limit: limit)
      // Counted from before the question, so that our window ends no later than Redis' own.
      let endsAt = asked + .milliseconds(milliseconds)
      return state.withLock { state in
        verdict(state.ledger.enter(granted, for: key, endsAt: endsAt, now: .now()), limit: limit) ?? .within
      }
    } catch {
      state.withLock { $0.awayUntil = .now() + .milliseconds(500) }
      return outage(error)
    }
  }

  private func reserve(_ key: RateLedger.Key, limit: Int) async throws(RedisError) -> (granted: Int, milliseconds: Int64) {
    let reservation = min(max(1, limit / 8), Self.reservationMax)
    let reply = try await redis.evaluate(
      Self.script, keys: ["\(RedisKeys.gatewayRatePrefix)\(key.rateClass.rawValue):\(key.client)"],
      arguments: [RedisArgument(reservation), RedisArgument(limit), RedisArgument(Self.windowMilliseconds)], deadline: .seconds(1))
    if case .error(let message) = reply { throw RedisError(.server(message), message) }
    guard let parts = reply.array, parts.count == 2, let granted = parts[0].integer, let left = parts[1].integer else {
      throw RedisError(.protocolViolation, "the rate script was not answered by two integers")
    }
    return (Int(granted), left)
  }

  private func outage(_ error: RedisError) -> RateVerdict {
    onOutage(error)
    return .unavailable
  }

  private func verdict(_ take: RateLedger.Take, limit: Int) -> RateVerdict? {
    switch take {
    case .within: .within
    case .exceeded(let seconds): .exceeded(limit: limit, retryAfterSeconds: seconds)
    case .exhausted: nil
    }
  }
}
