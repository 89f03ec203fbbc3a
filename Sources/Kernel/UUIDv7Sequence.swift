/// Identifiers of one moment, in ascending order: a random beginning, then random steps (RFC 9562 section 6.2, method 2).
///
/// Ascending identifiers stand beside one another in an index, and cost two random words for many instead of two each.
package struct UUIDv7Sequence: Sendable {
  private let moment: Timestamp
  private let high: UInt64
  private var low: UInt64

  package init(clock: WallClock = .system) {
    var generator = SystemRandomNumberGenerator()
    self.init(at: clock.now(), random: (generator.next(), generator.next()))
  }

  /// - Parameter random: the lowest bit of `low` words is spent on steps; the top bit of 62 is left clear so that steps don't overflow.
  package init(at moment: Timestamp, random: (UInt64, UInt64)) {
    self.moment = moment
    high = random.0
    low = random.1 & 0x1FFF_FFFF_FFFF_FFFF
  }

  package mutating func next() -> UUIDv7 {
    defer { low &+= 1 &+ (low &* 0x9E37_79B9_7F4A_7C15) >> 40 }
    return UUIDv7(at: moment, random: (high, low))
  }
}
