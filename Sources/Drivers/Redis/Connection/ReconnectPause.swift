/// The pauses between attempts to connect: they double, and each is shortened by chance, so that the processes which lost the same
/// server don't all return in the same instant.
struct ReconnectPause {
  let least: Duration
  let most: Duration
  private var base: Duration

  /// A connection that lived no longer than this counts as a failed attempt: a server that drops us right after the greeting would otherwise
  /// be asked again without end.
  private static let steadyAfter = Duration.milliseconds(50)

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

  /// A connection that lived for `life` is lost. True when it had held: the pauses begin anew, and the first attempt may follow at once.
  mutating func hadHeld(for life: Duration) -> Bool {
    let held = life > Self.steadyAfter
    if held { reset() }
    return held
  }

  mutating func reset() { base = least }
}
