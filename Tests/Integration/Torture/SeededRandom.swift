/// SplitMix64: the same seed gives the same run of choices on every machine.
struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A generator of its own for one of several workers, so that their choices don't depend on how they are scheduled.
  init(seed: UInt64, worker: Int) {
    var parent = SeededRandom(seed: seed &+ UInt64(bitPattern: Int64(worker)) &* 0x9E37_79B9_7F4A_7C15)
    state = parent.next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// True in `percent` of the cases.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}
