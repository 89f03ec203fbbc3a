internal import NIOCore

/// What this gateway has reserved of its clients' limits. A value; ``RateLimiter`` guards it.
///
/// Always true: a request is let pass only out of a reservation that Redis granted within the running window, so that all gateways
/// together never let more pass than the limit. What is reserved and not used is lost when the window ends: a client that many
/// gateways serve may get less than its limit, never more.
struct RateLedger {
  struct Key: Hashable, Sendable {
    let rateClass: GatewayRoute.RateClass
    let client: String
  }

  enum Take: Hashable {
    case within
    case exceeded(retryAfterSeconds: Int)
    /// Redis has to be asked for more.
    case exhausted
  }

  private struct Window {
    var left: Int
    var endsAt: NIODeadline
    var isSpent: Bool
  }

  static let clientsMax = 50_000

  private var windows: [Key: Window] = [:]

  var count: Int { windows.count }

  /// Takes one request out of the reservation.
  mutating func take(_ key: Key, now: NIODeadline) -> Take {
    guard let window = windows[key], now < window.endsAt else { return .exhausted }
    if window.left > 0 {
      windows[key]?.left -= 1
      return .within
    }
    return window.isSpent ? .exceeded(retryAfterSeconds: Self.seconds(until: window.endsAt, from: now)) : .exhausted
  }

  /// Enters what Redis granted and takes one request out of it.
  /// - Parameters:
  ///   - granted: 0 when the limit is used up for this window.
  ///   - endsAt: not later than the window's end in Redis.
  mutating func enter(_ granted: Int, for key: Key, endsAt: NIODeadline, now: NIODeadline) -> Take {
    makeRoom(now: now)
    // Requests of one client may have asked at the same time: their grants add up within a window.
    let running = windows[key].flatMap { now < $0.endsAt ? $0 : nil }
    windows[key] = Window(
      left: (running?.left ?? 0) + granted, endsAt: min(running?.endsAt ?? endsAt, endsAt),
      isSpent: granted == 0 || running?.isSpent == true)
    let taken = take(key, now: now)
    // A window that ended while Redis answered: the next request asks again, this one has been granted.
    return taken == .exhausted && granted > 0 ? .within : taken
  }

  /// Forgetting a reservation costs its client a part of the limit and one more question to Redis; it never lets more pass.
  private mutating func makeRoom(now: NIODeadline) {
    guard windows.count >= Self.clientsMax else { return }
    windows = windows.filter { now < $0.value.endsAt }
    if windows.count >= Self.clientsMax { windows.removeAll() }
  }

  private static func seconds(until end: NIODeadline, from now: NIODeadline) -> Int {
    max(1, Int(((end - now).nanoseconds + 999_999_999) / 1_000_000_000))
  }
}
