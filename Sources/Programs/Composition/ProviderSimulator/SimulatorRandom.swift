/// The same numbers for the same seed, on every machine and with every release of the standard library (SplitMix64).
struct SimulatorRandom: Sendable {
  private var state: UInt64

  /// - Parameter stream: each has numbers of its own.
  init(seed: UInt64, stream: UInt64) {
    state = seed
    state = next() ^ (stream &* 0xD134_2543_DE82_EF95)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { bound < 2 ? 0 : Int(next() % UInt64(bound)) }

  mutating func happens(_ percent: Int) -> Bool { below(100) < percent }

  mutating func shuffle<Element>(_ elements: inout [Element]) {
    for index in elements.indices.reversed() { elements.swapAt(index, below(index + 1)) }
  }
}
