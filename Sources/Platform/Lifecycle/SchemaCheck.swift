package import Postgres

/// Whether the database has the schema that this program was built for.
package struct SchemaCheck: Sendable {
  private let database: Database
  private let expected: [Int64]

  /// - Parameter expected: see ``StartRules/expectedHeads(configuration:builtIn:)``.
  package init(database: Database, expected: [Int64]) {
    self.database = database
    self.expected = expected
  }

  /// The head, for the start's log line.
  ///
  /// - Throws: `StartRefused` with both heads when they differ; the driver's error when the database can't be asked.
  package func requireExpectedHead() async throws -> Int64 {
    let actual = try await MigrationHead.read(from: database)
    if let refusal = StartRules.headRefusal(expected: expected, actual: actual) { throw StartRefused(refusal) }
    return actual
  }

  /// Readiness of the schema (S4-READY-04).
  package var readiness: ReadinessCheck {
    ReadinessCheck("migration_head") {
      do {
        let actual = try await MigrationHead.read(from: database)
        return StartRules.headRefusal(expected: expected, actual: actual).map { .failed($0) } ?? .passed
      } catch {
        return .failed("the database can't be asked")
      }
    }
  }
}
