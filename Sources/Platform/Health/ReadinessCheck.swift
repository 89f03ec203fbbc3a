/// One named condition of readiness.
package struct ReadinessCheck: Sendable {
  package enum Outcome: Hashable, Sendable {
    case passed
    /// Why not, for the operator; without secrets.
    case failed(String)

    package var isPassed: Bool { self == .passed }
  }

  /// Snake case: `database`, `migration_head`, `redis`, `signing`, `worker`, `drain`.
  package let name: String
  package let deadline: Duration
  package let run: @Sendable () async -> Outcome

  /// - Parameter deadline: a check that takes longer has failed; the others aren't held up by it.
  package init(_ name: String, deadline: Duration = .seconds(2), run: @escaping @Sendable () async -> Outcome) {
    self.name = name
    self.deadline = deadline
    self.run = run
  }
}
