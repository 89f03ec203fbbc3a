/// What came of a simulation.
package struct SimulatorReport: Sendable {
  package let provider: SimulatedProvider
  package let seed: UInt64
  /// SHA-256 of what the sessions that were played had planned, in hexadecimal.
  package let plan: String
  package private(set) var sessions = 0
  package private(set) var requests = 0
  /// How often each event was answered how.
  package private(set) var answers: [String: [String: Int]] = [:]
  package private(set) var fates: [String: Int] = [:]
  package private(set) var divergences: [SimulatorDivergence] = []

  package var isEqual: Bool { divergences.isEmpty }

  init(provider: SimulatedProvider, seed: UInt64, plan: String, outcomes: [SimulatorOutcome], books: [SimulatorDivergence]) {
    self.provider = provider
    self.seed = seed
    self.plan = plan
    for outcome in outcomes {
      sessions += 1
      requests += outcome.requests
      for (event, counts) in outcome.answers { answers[event, default: [:]].merge(counts) { $0 + $1 } }
      fates.merge(outcome.fates) { $0 + $1 }
      if let divergence = outcome.divergence { divergences.append(divergence) }
    }
    divergences += books
  }
}
