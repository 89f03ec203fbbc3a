/// What came of one session.
struct SimulatorOutcome: Sendable {
  let session: Int
  var requests = 0
  /// How often each event was answered how.
  var answers: [String: [String: Int]] = [:]
  var fates: [String: Int] = [:]
  var divergence: SimulatorDivergence?

  init(session: Int) { self.session = session }

  mutating func count(_ event: String, _ answer: String) { answers[event, default: [:]][answer, default: 0] += 1 }
}
