/// What is wrong with a history, in words.
struct SimulationFinding: Error, Hashable, Sendable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
