import Crypto
import Foundation
import Kernel

/// Plays many seeds, as many at once as the machine has processors.
enum SimulationRun {
  struct Played: Sendable {
    var coverage = SimulationCoverage()
    /// The first finding of each seed that has one.
    var findings: [UInt64: String] = [:]
    /// By seed.
    var traces: [UInt64: String] = [:]
    var seconds = 0.0

    /// One digest of all histories: equal for equal seeds and steps.
    var trace: String {
      let lines = traces.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
      return Hexadecimal.encode(SHA256.hash(data: Array(lines.utf8)))
    }
  }

  static func play(_ settings: SimulationSettings) async -> Played {
    let start = ContinuousClock.now
    let lanes = UInt64(max(1, ProcessInfo.processInfo.activeProcessorCount))
    var played = await withTaskGroup(of: Played.self) { group in
      for lane in 0..<lanes {
        group.addTask { @concurrent in
          var mine = Played()
          for seed in settings.seeds where seed % lanes == lane { play(seed, settings.steps, into: &mine) }
          return mine
        }
      }
      return await group.reduce(into: Played()) { all, one in
        all.coverage.add(one.coverage)
        all.findings.merge(one.findings) { old, _ in old }
        all.traces.merge(one.traces) { old, _ in old }
      }
    }
    played.seconds = start.duration(to: .now) / .seconds(1)
    return played
  }

  private static func play(_ seed: UInt64, _ steps: Int, into played: inout Played) {
    do {
      var simulation = try Simulation(seed: seed)
      do {
        played.traces[seed] = try simulation.run(steps: steps)
      } catch {
        played.findings[seed] = "step \(simulation.step): \(error)"
      }
      played.coverage.add(simulation.coverage)
    } catch {
      played.findings[seed] = "\(error)"
    }
  }

  /// The first seed that shows a fault, and what it shows.
  static func find(_ fault: SimulationFault, seeds: Range<UInt64>, steps: Int) -> (seed: UInt64, finding: String)? {
    for seed in seeds {
      do {
        var simulation = try Simulation(seed: seed, fault: fault)
        _ = try simulation.run(steps: steps)
      } catch {
        return (seed, "\(error)")
      }
    }
    return nil
  }
}
