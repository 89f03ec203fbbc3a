/// Where the stack and the simulator's own ledger part.
package struct SimulatorDivergence: Hashable, Sendable {
  /// Nil for what is of no session, such as the books.
  package let session: Int?
  package let brand: String
  package let expected: String
  package let actual: String
  /// What was sent, oldest first; the last line is where it showed.
  package let sequence: [String]
}
