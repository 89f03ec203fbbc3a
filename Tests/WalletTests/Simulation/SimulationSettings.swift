import Foundation

/// How many histories are played and which; the environment decides (`docs/operating/simulation.md`).
struct SimulationSettings: Sendable {
  let seeds: Range<UInt64>
  let steps: Int

  /// - Parameters:
  ///   - count: how many seeds are played when the environment says nothing; these begin at 1, so that `make test` plays the same each time.
  init(count: UInt64, steps: Int, environment: [String: String] = ProcessInfo.processInfo.environment) {
    let first = environment["CORDON_SIMULATION_SEED"].flatMap { UInt64($0) }
    let asked = environment["CORDON_SIMULATION_SEEDS"].flatMap { UInt64($0) }
    let start = first ?? (asked == nil ? 1 : UInt64.random(in: 1...UInt64(UInt32.max)))
    seeds = start..<start + (asked ?? (first == nil ? count : 1))
    self.steps = environment["CORDON_SIMULATION_STEPS"].flatMap { Int($0) } ?? steps
  }

  /// Whether every seed that `make test` plays is played, so that rare things must have happened.
  static var isShortened: Bool {
    let names = ["CORDON_SIMULATION_SEED", "CORDON_SIMULATION_SEEDS", "CORDON_SIMULATION_STEPS"]
    return names.contains { ProcessInfo.processInfo.environment[$0] != nil }
  }

  /// What a person types to play one history again.
  static func replay(_ what: String, seed: UInt64, steps: Int) -> String {
    "CORDON_SIMULATION_SEED=\(seed) CORDON_SIMULATION_STEPS=\(steps) scripts/simulate \(what)"
  }
}
