/// The pauses between attempts to connect: they double, and each is shortened by chance, so that the processes which lost the same
/// server don't all return in the same instant.
struct ReconnectPause {
  let least: Duration
  let most: Duration
  private var base: Duration

  init(least: Duration, most: Duration) {
    self.least = least
    self.most = most
    self.base = least
  }

  init(_ configuration: RedisConfiguration) {
    self.init(least: configuration.reconnectPauseMin, most: configuration.reconnectPauseMax)
  }

  /// Between half of the current base and the whole; `chance` is in 0...1.
  mutating func next(chance: Double = .random(in: 0...1)) -> Duration {
    defer { base = min(base * 2, most) }
    return base * (0.5 + chance / 2)
  }

  mutating func reset() { base = least }
}
