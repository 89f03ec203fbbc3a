import Testing

@testable import Wallet

@Suite("Simulated histories agree with the model")
struct SimulationTests {
  private static let stepsPerSeed = 200
  private static let seedsToFind: Range<UInt64> = 1..<61

  @Test(
    "S0-WAL-18 S0-WAL-19 S0-WAL-39 random histories with twins, crashes and lost answers: what is told and written is what the model says")
  func histories() async {
    let settings = SimulationSettings(count: 500, steps: Self.stepsPerSeed)
    let played = await SimulationRun.play(settings)
    for (seed, finding) in played.findings.sorted(by: { $0.key < $1.key }).prefix(3) {
      Issue.record("seed \(seed), \(finding)\nplay it again: \(SimulationSettings.replay("core", seed: seed, steps: settings.steps))")
    }
    print(
      "simulation: \(settings.seeds.count) seeds × \(settings.steps) steps in \(Int(played.seconds * 1000)) ms, "
        + "\(played.findings.count) findings, trace \(played.trace)\n\(played.coverage.report)")
    if !SimulationSettings.isShortened { #expect(played.coverage.missing == [], "these must happen sometimes") }
  }

  @Test("The same seed gives the same history, byte for byte; another seed gives another")
  func repeatable() throws {
    var traces: [String] = []
    for seed: UInt64 in [7, 7, 8] {
      var simulation = try Simulation(seed: seed)
      traces.append(try simulation.run(steps: Self.stepsPerSeed))
    }
    #expect(traces[0] == traces[1])
    #expect(traces[0] != traces[2])
  }

  @Test("A planted fault is found", arguments: SimulationFaults.all)
  func plantedFault(fault: SimulationFault) throws {
    let found = try #require(
      SimulationRun.find(fault, seeds: Self.seedsToFind, steps: Self.stepsPerSeed), "not found in \(Self.seedsToFind.count) seeds")
    print("planted fault: \(fault.name): seed \(found.seed): \(found.finding.prefix(160))")
  }

  @Test("A failing run says how to play it again")
  func replay() {
    let environment = ["CORDON_SIMULATION_SEED": "17", "CORDON_SIMULATION_STEPS": "9"]
    #expect(
      SimulationSettings.replay("core", seed: 17, steps: 9) == "CORDON_SIMULATION_SEED=17 CORDON_SIMULATION_STEPS=9 scripts/simulate core")
    let settings = SimulationSettings(count: 500, steps: 200, environment: environment)
    #expect(settings.seeds == 17..<18)
    #expect(settings.steps == 9)
  }
}
