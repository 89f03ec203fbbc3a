/// One thing that the static check found in a migration file.
package struct MigrationProblem: Hashable, Sendable, CustomStringConvertible {
  package let file: String
  /// 1 for the first line; nil when the whole file is meant.
  package let line: Int?
  package let problem: String

  package var description: String { line.map { "\(file):\($0): \(problem)" } ?? "\(file): \(problem)" }
}
